import { isRtf } from '@tideway/hl7v2/datatypes/rtf'
import { optionalTime } from '../datatypes/time-field.ts'
import { decoded, markUnusable, raw } from '@tideway/hl7v2/lexer/fields'
import { type NoteDetail, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'
import { questionsIn } from '../datatypes/question-answer.ts'
import { readPractitioners } from '../datatypes/xcn.ts'

/**
 * Comments, one per segment, one line per repetition; an empty comment between others is a blank
 * line.
 */
export const readNotes = (notes: readonly Segment[]): string[] => {
  const texts = notes.map(readNote)
  while (texts.at(-1) === '') texts.pop()
  return texts
}

const readNote = (nte: Segment): string => {
  const { repetition } = nte.message.delimiters
  const comment = raw(nte, 3)
  const lines = repetition === '' || isRtf(comment) ? [comment] : comment.split(repetition)
  return lines.map((line) => decoded(nte.message, line) ?? '').join('\n')
}

/**
 * Comments of several groups in order, with a detail for each that has kind, author or time. The
 * detail repeats the text, because a record may show notes of a newer message beside details of an
 * older one, and a note must not be attributed to the wrong author.
 *
 * @param asksQuestions  whether a note may be an answer asked at order entry, `Pregnant=No`: a
 *   detail for each then has question and answer
 * @see HL7 v2.8 chapter 2.14.10, NTE
 */
export const readNotesWithDetails = (
  groups: readonly (readonly Segment[])[],
  context: Context,
  asksQuestions = false,
): { notes: string[]; noteDetails: NoteDetail[] } => {
  const notes: string[] = []
  const noteDetails: NoteDetail[] = []
  for (const group of groups) {
    const texts = readNotes(group)
    for (const [at, words] of texts.entries()) {
      const detail = readDetail(group[at] as Segment, words, context)
      const asked = asksQuestions ? questionsIn(words) : []
      if (asked.length === 0 && detail !== null) noteDetails.push(detail)
      for (const one of asked)
        noteDetails.push({ ...(detail ?? { ...unsaid.NoteDetail(), text: words }), ...one })
    }
    notes.push(...texts)
  }
  return { notes, noteDetails }
}

const detailFields = [4, 5, 6, 7, 8]

const readDetail = (nte: Segment, words: string, context: Context): NoteDetail | null => {
  if (!detailFields.some((field) => nte.fields[field])) return null
  const [enteredBy = null, ...others] = readPractitioners(nte, 5)
  if (others.length > 0) markUnusable(nte, 5)
  return {
    ...unsaid.NoteDetail(),
    text: words,
    kind: readCoded(nte, 4),
    enteredBy,
    enteredAt: optionalTime(nte, 6, context),
    effectiveFrom: optionalTime(nte, 7, context),
    effectiveUntil: optionalTime(nte, 8, context),
  }
}

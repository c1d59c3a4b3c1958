import { decoded, raw, type Segment } from '../parse.ts'

/** Comments, one a segment, repetitions one a line; a comment sent empty between others is a blank line. */
export const readNotes = (notes: readonly Segment[]): string[] => {
  const texts = notes.map(readNote)
  while (texts.at(-1) === '') texts.pop()
  return texts
}

const readNote = (nte: Segment): string => {
  const { repetition } = nte.message.delimiters
  const comment = raw(nte, 3)
  const lines = repetition === '' ? [comment] : comment.split(repetition)
  return lines.map((line) => decoded(nte.message, line) ?? '').join('\n')
}

import { text, wholeText } from '@tideway/hl7v2/lexer/fields'
import { type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { refusing } from '@tideway/record/status/order-control'
import { readWords } from '../datatypes/words.ts'
import type { Context } from '../normalise/mapping.ts'

/** What a response says of everything it answers. */
export type Response = {
  /** MSA-1; `UNSPECIFIED` if it was not sent. */
  code: string
  /** Why it refuses, in words: MSA-3, and ERR-3, 7 and 8. */
  text: string | null
  /** ODS code of the organisation it goes to (MSH-6), by the source's list, else as sent. */
  receiver: string | null
}

/** Whether a response takes what was sent. */
export const isAccepted = ({ code }: Response): boolean => code === 'AA' || code === 'CA'

/**
 * MSA and ERR of a response. Which message it answers (MSA-2) is not used.
 *
 * @see HL7 v2.5.1 chapter 2.15.8, MSA, and 2.15.5, ERR
 */
export const readResponse = (message: Hl7Message, { source: { hl7 } }: Context): Response => {
  const [msh, msa] = [segmentOf(message, 'MSH'), segmentOf(message, 'MSA')]
  const code = (msa === null ? null : text(msa, 1)?.toUpperCase()) ?? 'UNSPECIFIED'
  const name = msh === null ? null : text(msh, 6)
  const isListed = name !== null && Object.hasOwn(hl7.authorities, name)
  return {
    code,
    text: refusing.has(code) ? reasonOf(message, msa) : null,
    receiver: isListed ? (hl7.authorities[name] ?? name) : name,
  }
}

/**
 * Who assigned the placer's numbers in a response: the organisation it goes to, if the patient is
 * its own. Null if that is not known.
 */
export const placerOf = (response: Response | null, patientKey: string): string | null => {
  const receiver = response?.receiver ?? null
  return receiver !== null && patientKey.startsWith(`${receiver}|`) ? receiver : null
}

/** The same in the event of an order. */
export const responseOf = (
  response: Response | null,
): { response: string | null; responseText: string | null } => ({
  response: response?.code ?? null,
  responseText: response?.text ?? null,
})

const reasonOf = (message: Hl7Message, msa: Segment | null): string | null => {
  const errors = message.segments.filter(({ name }) => name === 'ERR')
  const words = [
    msa === null ? null : wholeText(msa, 3),
    ...errors.flatMap((err) => [...readWords(err, 3), wholeText(err, 8), wholeText(err, 7)]),
  ].filter((one) => one !== null)
  return words.length === 0 ? null : [...new Set(words)].join('; ')
}

/** Whether a message answers another that its receiver could not take (MSA-1). */
export const isRefusal = (message: Hl7Message): boolean => {
  const msa = segmentOf(message, 'MSA')
  return msa !== null && refusing.has(text(msa, 1)?.toUpperCase() ?? '')
}

import type { Coded } from '@tideway/schemas/events.generated'
import type { Context } from '../mapping.ts'

/** What a code is known by: the code, else its text. */
export const codeKey = (coded: Coded | null): string => coded?.code ?? coded?.text ?? coded?.alternateCode ?? coded?.alternateText ?? ''

/** Numbers and codes are one sender's own: where it is not the patient's organisation it stands before them. */
const senderPrefix = (patientKey: string, { source }: Context): string => (patientKey.startsWith(`${source.ods}|`) ? '' : `${source.ods}:`)

/**
 * Business key of a statement within the patient: the sender's own identifier, else what tells it from others.
 *
 * @param parts  in a fixed order; null and '' are the same
 */
export const statementKey = (patientKey: string, context: Context, identifier: string | null, parts: readonly (string | null)[]): string =>
  senderPrefix(patientKey, context) + (identifier === null ? parts.map((part) => part ?? '').join('|') : `#${identifier}`)

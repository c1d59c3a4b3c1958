import {
  type AssignedNumber,
  codeName,
  type KeyScope,
  statementKey as keyOfStatement,
} from '@tideway/record/keys/business-key'
import type { Coded } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import { ownerOf, type OwnNumber } from '../datatypes/ei.ts'

/** Key of a code: the code, else its text; empty if it has neither. */
export const codeKey = (coded: Coded | null): string => codeName(coded) ?? ''

/** A number with the ODS code of the organisation that assigned it. */
export const assigned = (number: OwnNumber | null, { source }: Context): AssignedNumber | null =>
  number && { number: number.number, owner: ownerOf(number.authority, source) }

/** Scope of a business key: the patient and the sender. */
export const scopeOf = (patientKey: string, { source }: Context): KeyScope => ({
  patientKey,
  sender: source.ods,
})

/**
 * Business key of a statement: its number, else the parts that identify it.
 *
 * @param parts  in a fixed order; null and '' are the same
 */
export const statementKey = (
  patientKey: string,
  context: Context,
  number: OwnNumber | null,
  parts: readonly (string | null)[],
): string => keyOfStatement(assigned(number, context), parts, scopeOf(patientKey, context))

import { codeName } from '@tideway/record/keys/business-key'
import { diagnosisKey } from '@tideway/record/keys/clinical-keys'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import {
  componentsOf,
  firstPart,
  firstRepetition,
  markUnusable,
  repetitions,
} from '@tideway/hl7v2/lexer/fields'
import {
  type Coded,
  type ConditionReported,
  type ProcedureReported,
  unsaid,
} from '@tideway/schemas/events.generated'
import { timeOf } from '@tideway/hl7v2/datatypes/period'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { codeKey, scopeOf, statementKey } from '../keys/business-key.ts'
import { readCodedList } from '../datatypes/coded-list.ts'
import { optionalTime } from '../datatypes/time-field.ts'
import { codedIn, readCoded } from '../datatypes/ce.ts'
import { readPractitioners } from '../datatypes/xcn.ts'

/** HL7 table 0017: credit, payment, adjustment, co-payment. They state nothing that was done. */
const withoutService = new Set(['CD', 'CR', 'PY', 'AJ', 'CO'])

/**
 * Whether a transaction charges for something that was done; one of an unknown type does. The type
 * itself (FT1-6) is listed as unused.
 */
export const isCharge = ({ message, fields }: Segment): boolean =>
  !withoutService.has(
    firstPart(message, componentsOf(message, fields[6] ?? '')[0])?.toUpperCase() ?? '',
  )

/** Codes that other segments state more fully, each with its field as sent. */
export type CodesAsSent = ReadonlyMap<string, string>

/** Whether a code is among them; where it says more than they do, its field is listed as unused. */
const isStated = (code: Coded, sent: string, stated: CodesAsSent, ft1: Segment, field: number) => {
  const other = stated.get(codeKey(code))
  if (other !== undefined && other !== sent) markUnusable(ft1, field)
  return other !== undefined
}

/**
 * Diagnoses that a charge is made for (FT1-19).
 *
 * @param stated  codes of DG1 in the message
 * @see HL7 v2.5.1 chapter 6.5.1, FT1
 */
export const readChargedDiagnoses = (
  ft1: Segment,
  stated: CodesAsSent,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): ConditionReported[] =>
  repetitions(ft1, 19)
    .map((sent) => ({ sent, code: codedIn(ft1, 19, sent) }))
    .flatMap(({ sent, code }) =>
      code === null || isStated(code, sent, stated, ft1, 19) ? [] : [code],
    )
    .map((code) => ({
      ...unsaid.ConditionReported(),
      conditionId: diagnosisKey(
        null,
        { code: codeName(code), type: null, encounterId },
        scopeOf(patientKey, context),
      ),
      category: 'diagnosis',
      code,
      encounterId,
    }))

/**
 * The procedure that a charge is made for (FT1-25), with its time (4), who performed it (20) and
 * modifiers (26). The transaction code (7) may stand for anything that is charged, and is not used,
 * nor is anything about money.
 *
 * @param stated  codes of PR1 below it
 * @returns null if there is none
 */
export const readChargedProcedure = (
  ft1: Segment,
  stated: CodesAsSent,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): ProcedureReported | null => {
  const code = readCoded(ft1, 25)
  if (code === null || isStated(code, firstRepetition(ft1, 25) ?? '', stated, ft1, 25)) return null
  const performedAt = optionalTime(ft1, 4, context)
  return {
    ...unsaid.ProcedureReported(),
    procedureId: statementKey(patientKey, context, null, [codeKey(code), performedAt, encounterId]),
    code,
    performedAt,
    performedUntil: endOf(ft1),
    performers: readPractitioners(ft1, 20).map((practitioner) => ({
      ...unsaid.Performer(),
      practitioner,
      role: { ...unsaid.Coded(), text: 'PRACTITIONER' },
    })),
    modifiers: readCodedList(ft1, 26),
    encounterId,
  }
}

/** FT1-4 is a range of times since version 2.5. */
const endOf = (ft1: Segment): string | null => {
  const components = componentsOf(ft1.message, firstRepetition(ft1, 4) ?? '')
  leaveUnread(ft1, 4, components, [1, 1])
  return timeOf(ft1.message, components[1])
}

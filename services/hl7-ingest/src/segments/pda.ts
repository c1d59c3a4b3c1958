import { readYesNo } from '@tideway/hl7v2/datatypes/yes-no'
import { optionalTime } from '../datatypes/time-field.ts'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, firstRepetition, markUnusable, raw, text } from '@tideway/hl7v2/lexer/fields'
import {
  type ConditionReported,
  type ProcedureReported,
  unsaid,
} from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCodes } from '../datatypes/ce.ts'
import { timeOf } from '@tideway/hl7v2/datatypes/period'
import { readLocation } from '../datatypes/pl.ts'
import { readPractitioners } from '../datatypes/xcn.ts'
import { codeKey, statementKey } from '../keys/business-key.ts'

/**
 * Causes of death, each a condition with certifier, place of death and coroner.
 *
 * @see HL7 v2.5.1 chapter 3.4.12, PDA
 */
export const readCausesOfDeath = (
  pda: Segment,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): ConditionReported[] => {
  const causes = readCodes(pda, 1)
  if (causes.length === 0) return []
  const asserters = readPractitioners(pda, 5).map((practitioner) => ({
    ...unsaid.Performer(),
    practitioner,
  }))
  const recordedAt = optionalTime(pda, 4, context)
  const death = {
    deathLocation: readLocation(pda, 2),
    deathCertified: text(pda, 3),
    deathCoroner: text(pda, 9),
  }
  return causes.map((code) => ({
    ...unsaid.ConditionReported(),
    conditionId: statementKey(patientKey, context, null, [codeKey(code), 'cause-of-death']),
    category: 'cause-of-death',
    code,
    recordedAt,
    asserters,
    ...death,
    encounterId,
  }))
}

/** The autopsy if PDA-6 is Y: time (PDA-7) and performer (PDA-8). */
export const readAutopsy = (
  pda: Segment,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): ProcedureReported | null => {
  if (readYesNo(pda, 6) !== true) {
    if (raw(pda, 6) !== '') markUnusable(pda, 6)
    return null
  }
  const components = componentsOf(pda.message, firstRepetition(pda, 7) ?? '')
  leaveUnread(pda, 7, components, [1, 1])
  return {
    ...unsaid.ProcedureReported(),
    procedureId: statementKey(patientKey, context, null, ['autopsy']),
    code: unsaid.Coded(),
    text: 'Autopsy',
    performedAt: timeOf(pda.message, components[0]),
    performedUntil: timeOf(pda.message, components[1]),
    performers: readPractitioners(pda, 8).map((practitioner) => ({
      ...unsaid.Performer(),
      practitioner,
    })),
    encounterId,
  }
}

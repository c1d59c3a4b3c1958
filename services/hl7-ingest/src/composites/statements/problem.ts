import { codeName } from '@tideway/record/keys/business-key'
import { problemKey } from '@tideway/record/keys/clinical-keys'
import { optionalTime } from '../../datatypes/time-field.ts'
import { componentsOf, firstPart, repetitions, text } from '@tideway/hl7v2/lexer/fields'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import { type ConditionReported, unsaid } from '@tideway/schemas/events.generated'
import {
  readConditionStatus,
  readConditionVerification,
} from '@tideway/record/status/condition-status'
import { statusAs } from '@tideway/record/status/status-table'
import { IngestError } from '../../errors.ts'
import type { Context } from '../../normalise/mapping.ts'
import { fieldPlace, type Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../../datatypes/ce.ts'
import { readOwnNumber } from '../../datatypes/ei.ts'
import { readNotesWithDetails } from '../../segments/nte.ts'
import type { ProblemGroup } from '../../groups/problem-groups.ts'
import { readPerformers } from '../../segments/rol.ts'
import { assigned, codeKey, scopeOf } from '../../keys/business-key.ts'

/**
 * A problem, by its own action code (PRB-1). The status in PRB-14 is kept as sent, because senders
 * use local terms.
 *
 * @throws IngestError MISSING_FIELD at PRB-3 if neither an identifier nor a code identifies it
 * @see HL7 v2.5.1 chapter 12.4.2, PRB
 */
export const readPrb = (
  { prb, notes, roles }: ProblemGroup,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): ConditionReported => {
  const time = (field: number) => optionalTime(prb, field, context)
  const number = readOwnNumber(prb, 4, context.source)
  const code = readCoded(prb, 3)
  if (number === null && code === null) throw new IngestError('MISSING_FIELD', fieldPlace(prb, 3))
  return {
    ...unsaid.ConditionReported(),
    conditionId: problemKey(
      assigned(number, context),
      codeName(code),
      scopeOf(patientKey, context),
    ),
    identifier: number?.number ?? null,
    category: 'problem',
    code: code ?? unsaid.Coded(),
    action: text(prb, 1),
    priority: text(prb, 6),
    classification: wordIn(prb, 10),
    recordedAt: time(7) ?? time(2),
    expectedUntil: time(8),
    abatedAt: time(9),
    persistence: wordIn(prb, 12),
    ...statusAs('verificationStatus', readConditionVerification(wordIn(prb, 13), 'LOCAL')),
    ...statusAs('clinicalStatus', readConditionStatus(wordIn(prb, 14), 'LOCAL')),
    updatedAt: time(15) ?? time(2),
    onsetAt: time(16),
    onsetText: text(prb, 17),
    rank: wordIn(prb, 18),
    certainty: readCoded(prb, 19),
    probability: text(prb, 20),
    prognosis: readCoded(prb, 22),
    confidential: wordIn(prb, 25),
    severity: readCoded(prb, 26),
    asserters: roles.flatMap((rol) => readPerformers(rol, context)),
    encounterId,
    ...readNotesWithDetails([notes], context),
  }
}

/** A coded field as a single string: the code, else its text; the rest is listed as unused. */
const wordIn = (segment: Segment, field: number): string | null => {
  const word = codeKey(readCoded(segment, field)) || null
  for (const one of repetitions(segment, field).slice(0, 1)) {
    const components = componentsOf(segment.message, one)
    const at = components.findIndex((part) => firstPart(segment.message, part) === word)
    leaveUnread(
      segment,
      field,
      components,
      Array.from({ length: at + 1 }, (_, n) => (n === at ? 1 : 0)),
    )
  }
  return word
}

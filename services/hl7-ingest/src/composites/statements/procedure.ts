import { optionalTime } from '../../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import { type Performer, type ProcedureReported, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../../datatypes/ce.ts'
import { readCodedList } from '../../datatypes/coded-list.ts'
import { readOwnNumber } from '../../datatypes/ei.ts'
import { readLocation } from '../../datatypes/pl.ts'
import { readPractitioners } from '../../datatypes/xcn.ts'
import { readParticipants } from '../../segments/prt.ts'
import { readPerformers } from '../../segments/rol.ts'
import { codeKey, statementKey } from '../../keys/business-key.ts'

/**
 * A procedure, with the people in PR1 and in the ROL and PRT below it. Null if it has neither a
 * code nor text.
 *
 * @see HL7 v2.5.1 chapter 6.5.4, PR1
 */
export const readPr1 = (
  pr1: Segment,
  roles: readonly Segment[],
  patientKey: string,
  encounterId: string | null,
  context: Context,
): ProcedureReported | null => {
  const coded = readCoded(pr1, 3)
  const words = text(pr1, 4)
  if (coded === null && words === null) return null
  const number = readOwnNumber(pr1, 19, context.source)
  const performedAt = optionalTime(pr1, 5, context)
  return {
    ...unsaid.ProcedureReported(),
    procedureId: statementKey(patientKey, context, number, [
      coded === null ? words : codeKey(coded),
      performedAt,
      encounterId,
    ]),
    identifier: number?.number ?? null,
    code: coded ?? unsaid.Coded(),
    text: words,
    performedAt,
    category: readCoded(pr1, 6),
    minutes: text(pr1, 7),
    anaesthesia: readCoded(pr1, 9),
    anaesthesiaMinutes: text(pr1, 10),
    performers: [
      ...readNamed(pr1, 8, 'ANAESTHETIST'),
      ...readNamed(pr1, 11, 'SURGEON'),
      ...readNamed(pr1, 12, 'PRACTITIONER'),
      ...roles.flatMap((role) =>
        role.name === 'PRT' ? readParticipants(role, context) : readPerformers(role, context),
      ),
    ],
    consents: readCodedList(pr1, 13),
    priority: text(pr1, 14),
    diagnosis: readCoded(pr1, 15),
    modifiers: readCodedList(pr1, 16),
    tissueType: readCoded(pr1, 18),
    action: text(pr1, 20),
    location: readLocation(pr1, 23),
    parentIdentifier: text(pr1, 25),
    encounterId,
  }
}

/** The role of PR1-8, 11 and 12 follows from the field. */
const readNamed = (pr1: Segment, field: number, role: string): Performer[] =>
  readPractitioners(pr1, field).map((practitioner) => ({
    ...unsaid.Performer(),
    practitioner,
    role: { ...unsaid.Coded(), text: role },
  }))

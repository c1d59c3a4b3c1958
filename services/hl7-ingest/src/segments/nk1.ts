import { optionalTime } from '../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import { type ContactReported, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'
import { readCodedList } from '../datatypes/coded-list.ts'
import { readIdentifiers } from '../datatypes/cx.ts'
import { sexes, translate } from '../tables/translate.ts'
import { readAddresses } from '../datatypes/xad.ts'
import { readOrganisation } from '../datatypes/xon.ts'
import { readNames } from '../datatypes/xpn.ts'
import { readTelecoms } from '../datatypes/xtn.ts'
import { codeKey, statementKey } from '../keys/business-key.ts'

/**
 * A contact person or organisation; null if it has neither.
 *
 * @see HL7 v2.5.1 chapter 3.4.5, NK1
 */
export const readNk1 = (
  nk1: Segment,
  patientKey: string,
  context: Context,
): ContactReported | null => {
  const names = [...readNames(nk1, 2), ...readNames(nk1, 30)]
  const organisation = readOrganisation(nk1, 13)
  const telecoms = [5, 6, 40, 31, 41].flatMap((field) => readTelecoms(nk1, field))
  if (names.length === 0 && organisation === null && telecoms.length === 0) return null
  const own = readIdentifiers(nk1, 33, context.source)
  const identifiers = [
    ...own,
    ...[12, 37].flatMap((field) => readIdentifiers(nk1, field, context.source)),
  ]
  const relationship = readCoded(nk1, 3)
  const known = own.find(({ organisation }) => organisation !== null) ?? own[0]
  const number = known === undefined ? null : { number: known.value, authority: known.authority }
  return {
    ...unsaid.ContactReported(),
    contactId: statementKey(patientKey, context, number, [
      names[0]?.family ?? organisation?.name ?? telecoms[0]?.value ?? null,
      names[0]?.given.join(' ') ?? null,
      codeKey(relationship),
    ]),
    identifiers,
    names,
    relationship,
    role: readCoded(nk1, 7),
    telecoms,
    addresses: [...readAddresses(nk1, 4), ...readAddresses(nk1, 32)],
    organisation,
    sex: translate(context.source, 'NK1-15', text(nk1, 15), sexes),
    sexAsSent: text(nk1, 15),
    birthDate: optionalTime(nk1, 16, context),
    languages: readCodedList(nk1, 20),
    from: optionalTime(nk1, 8, context),
    until: optionalTime(nk1, 9, context),
  }
}

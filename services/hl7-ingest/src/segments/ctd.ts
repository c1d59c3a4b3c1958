import { text } from '@tideway/hl7v2/lexer/fields'
import { type ContactPerson, unsaid } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'
import { readCodedList } from '../datatypes/coded-list.ts'
import { readLocation } from '../datatypes/pl.ts'
import { readAddresses } from '../datatypes/xad.ts'
import { readNames } from '../datatypes/xpn.ts'
import { readTelecoms } from '../datatypes/xtn.ts'

/**
 * A contact for an order; not a contact of the patient, whatever its role. The first of its numbers
 * is used.
 *
 * @see HL7 v2.5.1 chapter 11.6.4, CTD
 */
export const readContactPerson = (ctd: Segment): ContactPerson => {
  const number = text(ctd, 7)
  return {
    ...unsaid.ContactPerson(),
    roles: readCodedList(ctd, 1),
    names: readNames(ctd, 2),
    addresses: readAddresses(ctd, 3),
    location: readLocation(ctd, 4),
    telecoms: readTelecoms(ctd, 5),
    preferredMethod: readCoded(ctd, 6),
    numbers: number === null ? [] : [number],
  }
}

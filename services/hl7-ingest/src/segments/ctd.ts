import { type ContactPerson, unsaid } from '@tideway/schemas/events.generated'
import { type Segment, text } from '../parse.ts'
import { readCoded } from '../values/ce.ts'
import { readCodedList } from '../values/coded-list.ts'
import { readLocation } from '../values/pl.ts'
import { readAddresses } from '../values/xad.ts'
import { readNames } from '../values/xpn.ts'
import { readTelecoms } from '../values/xtn.ts'

/**
 * Whom to turn to about an order: no contact of the patient's own, whatever the role says. Of its numbers the first is used.
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

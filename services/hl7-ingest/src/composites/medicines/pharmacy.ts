import { type Organisation, unsaid } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../../datatypes/ce.ts'
import { leaveWordless } from '../../datatypes/words.ts'
import { readAddress } from '../../datatypes/xad.ts'
import { readTelecoms } from '../../datatypes/xtn.ts'

/**
 * A pharmacy sent as a code, with its address and telephones in other fields, e.g. RXE-40, RXE-41
 * and RXE-45; null without a code.
 */
export const readPharmacy = (
  segment: Segment,
  field: number,
  addressField: number,
  telecomField: number,
): Organisation | null => {
  const coded = readCoded(segment, field)
  if (coded === null) return null
  leaveWordless(segment, field)
  return {
    ...unsaid.Organisation(),
    identifier: coded.code ?? coded.alternateCode,
    authority: coded.system,
    name: coded.text ?? coded.alternateText,
    address: readAddress(segment, addressField),
    telecoms: readTelecoms(segment, telecomField),
  }
}

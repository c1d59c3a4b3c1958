import { componentsOf, firstPart, repetitions } from '@tideway/hl7v2/lexer/fields'
import { leaveUnread, type PartsRead } from '@tideway/hl7v2/lexer/unused-parts'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { type Organisation, unsaid } from '@tideway/schemas/events.generated'
import { readCoded } from '../../datatypes/ce.ts'
import { readAddress } from '../../datatypes/xad.ts'
import { readOrganisation } from '../../datatypes/xon.ts'
import { readTelecoms } from '../../datatypes/xtn.ts'

/** ORC-21 with address (ORC-22) and telephones (ORC-23), else the entering organisation. */
export const readOrderer = (orc: Segment): Organisation | null => {
  const organisation = readOrganisation(orc, 21)
  return organisation === null
    ? readEnteringOrganisation(orc)
    : {
        ...organisation,
        address: readAddress(orc, 22),
        telecoms: readTelecoms(orc, 23),
      }
}

/** CWE-1 and 3, and 9 as the text. */
const codeOrText: PartsRead = [1, 1, 1, 0, 0, 0, 0, 0, 1]

const hasText = (message: Hl7Message, coded: string): boolean =>
  firstPart(message, componentsOf(message, coded)[1]) !== null

/** ORC-17 is a coded element: its identifier, system and text identify an organisation. */
const readEnteringOrganisation = (orc: Segment): Organisation | null => {
  const coded = readCoded(orc, 17)
  for (const one of repetitions(orc, 17).slice(0, 1))
    leaveUnread(
      orc,
      17,
      componentsOf(orc.message, one),
      hasText(orc.message, one) ? [1, 1, 1] : codeOrText,
    )
  return coded === null
    ? null
    : {
        ...unsaid.Organisation(),
        identifier: coded.code,
        authority: coded.system,
        name: coded.text,
      }
}

import { optionalTime } from '../../datatypes/time-field.ts'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, firstPart, firstRepetition, text } from '@tideway/hl7v2/lexer/fields'
import type {
  Location,
  Organisation,
  Practitioner,
  RequestReported,
  Telecom,
  Timing,
} from '@tideway/schemas/events.generated'
import type { Context } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { onDemand } from './on-demand.ts'
import { readOrderer } from './orderer.ts'
import { readCoded } from '../../datatypes/ce.ts'
import { type EntityNumber, readEntityNumber } from '../../datatypes/ei.ts'
import { readNumberPair } from '@tideway/hl7v2/datatypes/eip'
import { readLocation } from '../../datatypes/pl.ts'
import { readTimings } from '../../datatypes/tq.ts'
import { readPractitioners } from '../../datatypes/xcn.ts'
import { readTelecoms } from '../../datatypes/xtn.ts'

/** ORC fields of an order of any kind. */
export type Order = {
  control: string | null
  placer: EntityNumber
  filler: EntityNumber
  groupNumber: string | null
  status: string | null
  timings: Timing[]
  parentPlacerNumber: string | null
  parentFillerNumber: string | null
  transactionAt: string | null
  enteredBy: Practitioner[]
  verifiers: Practitioner[]
  orderers: Practitioner[]
  location: Location | null
  callback: Telecom[]
  effectiveAt: string | null
  controlReason: RequestReported['controlReason']
  organisation: Organisation | null
  actionBy: Practitioner[]
  setting: string | null
  settingName: string | null
}

const noNumber: EntityNumber = { number: null, authority: null }

/** Numbers of an order and who assigned them, in every event of the order. */
export const numbersOf = ({ placer, filler }: Order) => ({
  placerNumber: placer.number,
  placerAuthority: placer.authority,
  fillerNumber: filler.number,
  fillerAuthority: filler.authority,
})

/** An order sent without an ORC. */
const bare = (): Order => ({
  control: null,
  placer: noNumber,
  filler: noNumber,
  groupNumber: null,
  status: null,
  timings: [],
  parentPlacerNumber: null,
  parentFillerNumber: null,
  transactionAt: null,
  enteredBy: [],
  verifiers: [],
  orderers: [],
  location: null,
  callback: [],
  effectiveAt: null,
  controlReason: null,
  organisation: null,
  actionBy: [],
  setting: null,
  settingName: null,
})

/**
 * ORC, common order. Not used: response flag (6), entering device (18), billing (20, 26, 32) and
 * the address of the requester (24).
 *
 * @see HL7 v2.5.1 chapter 4.5.1
 */
export const readOrder = (orc: Segment | null, context: Context): Order => {
  if (orc === null) return bare()
  const parent = () => readNumberPair(orc, 8)
  const setting = () => readSetting(orc)
  return onDemand<Order>({
    control: () => text(orc, 1),
    placer: () => readEntityNumber(orc, 2),
    filler: () => readEntityNumber(orc, 3),
    groupNumber: () => text(orc, 4),
    status: () => text(orc, 5),
    timings: () => readTimings(orc, 7, context),
    parentPlacerNumber: () => parent().placer,
    parentFillerNumber: () => parent().filler,
    transactionAt: () => optionalTime(orc, 9, context),
    enteredBy: () => readPractitioners(orc, 10),
    verifiers: () => readPractitioners(orc, 11),
    orderers: () => readPractitioners(orc, 12),
    location: () => readLocation(orc, 13),
    callback: () => readTelecoms(orc, 14),
    effectiveAt: () => optionalTime(orc, 15, context),
    controlReason: () => readCoded(orc, 16),
    organisation: () => readOrderer(orc),
    actionBy: () => readPractitioners(orc, 19),
    setting: () => setting().setting,
    settingName: () => setting().settingName,
  })
}

/** ORC-29, a code and its text, else those of the alternate. */
export const readSetting = (orc: Segment): Pick<Order, 'setting' | 'settingName'> => {
  const components = componentsOf(orc.message, firstRepetition(orc, 29) ?? '')
  const part = (n: number) => firstPart(orc.message, components[n])
  const isFirst = part(0) !== null || part(1) !== null
  leaveUnread(orc, 29, components, isFirst ? [1, 1] : [0, 0, 0, 1, 1])
  return isFirst
    ? { setting: part(0), settingName: part(1) }
    : { setting: part(3), settingName: part(4) }
}

import { optionalTime } from '../../datatypes/time-field.ts'
import { leaveFields, raw, text } from '@tideway/hl7v2/lexer/fields'
import { type Organisation, type ResultReported, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../../datatypes/ce.ts'
import { withOthers } from '../../datatypes/other-practitioners.ts'
import { readEntityNumber } from '../../datatypes/ei.ts'
import { readNumberPair } from '@tideway/hl7v2/datatypes/eip'
import { readRequestStatus } from '@tideway/record/status/order-status'
import { readLocation } from '../../datatypes/pl.ts'
import { readAddress } from '../../datatypes/xad.ts'
import { readPractitioners } from '../../datatypes/xcn.ts'
import { readOrganisation } from '../../datatypes/xon.ts'
import { readTelecoms } from '../../datatypes/xtn.ts'
import { readSetting } from '../orders/order.ts'
import type { ResultGroup } from '../../groups/result-groups.ts'

/** A report of which only the order is filled in. */
type Order = Omit<ResultReported, 'reportId' | 'service'>

/**
 * A report with the order it is a result of: numbers, requester and time, from OBR, else from ORC.
 *
 * @see HL7 v2.5.1 chapter 4.5.1, ORC
 */
export const readOrder = (
  { orc, obr }: Pick<ResultGroup, 'orc' | 'obr'>,
  context: Context,
): Order => {
  const placer = readEntityNumber(obr, 2)
  const filler = readEntityNumber(obr, 3)
  const requesters = readPractitioners(obr, 16)
  const requestedAt = optionalTime(obr, 6, context)
  const ofObr = {
    ...unsaid.ResultReported(),
    placerNumber: placer.number,
    placerAuthority: placer.authority,
    fillerNumber: filler.number,
    fillerAuthority: filler.authority,
    requesters,
    requestedAt,
  }
  return orc === null ? ofObr : withOrc(ofObr, orc, obr, context)
}

const withOrc = (order: Order, orc: Segment, obr: Segment, context: Context): Order => {
  useEchoes(orc, obr)
  const placer = order.placerNumber === null ? readEntityNumber(orc, 2) : null
  const filler = order.fillerNumber === null ? readEntityNumber(orc, 3) : null
  const parent = readNumberPair(orc, 8)
  const { setting, settingName } = readSetting(orc)
  const { status, statusAsSent, statusSystem } = readRequestStatus(text(orc, 5), 'HL70038')
  if (placer !== null) leaveFields(obr, [2])
  if (filler !== null) leaveFields(obr, [3])
  return {
    ...order,
    placerNumber: placer === null ? order.placerNumber : placer.number,
    placerAuthority: placer === null ? order.placerAuthority : placer.authority,
    fillerNumber: filler === null ? order.fillerNumber : filler.number,
    fillerAuthority: filler === null ? order.fillerAuthority : filler.authority,
    requesters: withOthers(order.requesters, orc, 12, obr.fields[16]),
    requestedAt: order.requestedAt ?? optionalTime(orc, 9, context),
    control: text(orc, 1),
    setting,
    settingName,
    orderedAt:
      order.requestedAt === null || orc.fields[9] === obr.fields[6]
        ? null
        : optionalTime(orc, 9, context),
    groupNumber: text(orc, 4),
    orderStatus: status,
    orderStatusAsSent: statusAsSent,
    orderStatusSystem: statusSystem,
    parentPlacerNumber: parent.placer,
    parentFillerNumber: parent.filler,
    location: readLocation(orc, 13),
    callback: readTelecoms(orc, 14),
    requesterOrganisation: organisationOf(orc),
    verifiers: readPractitioners(orc, 11),
    controlReason: readCoded(orc, 16),
  }
}

/** ORC-21 with its address (ORC-22) and telephone numbers (ORC-23). */
const organisationOf = (orc: Segment): Organisation | null => {
  const organisation = readOrganisation(orc, 21)
  return organisation === null
    ? null
    : {
        ...organisation,
        address: readAddress(orc, 22),
        telecoms: readTelecoms(orc, 23),
      }
}

/** Marks fields of ORC that repeat OBR as used. */
const useEchoes = (orc: Segment, obr: Segment): void => {
  for (const [inOrc, inObr] of [
    [2, 2],
    [3, 3],
    [9, 6],
    [12, 16],
  ] as const)
    if (orc.fields[inOrc] === obr.fields[inObr]) raw(orc, inOrc)
}

import type { Entry } from '@tideway/schemas/documents/entry'
import type { EncounterLine } from '@tideway/schemas/documents/head'
import { isAfterItsMovement } from '../entries/encounter/told-times.ts'

/** The line of an encounter that is open or planned; null for any other entry. */
export const encounterLineOf = ({ _id, sortAt, data }: Entry): EncounterLine | null => {
  if (data.kind !== 'encounter' || (data.status !== 'open' && data.status !== 'planned'))
    return null
  const { encounterId, status, patientClass, location, locationSince: since, leave } = data
  const { patientClassAsSent, statusAsSent } = data
  const stay = data.stays.findLast(({ cancelled, from }) => !cancelled && from === since)
  return {
    entry: _id,
    sortAt,
    encounterId,
    status,
    patientClass,
    ...(patientClassAsSent === undefined ? {} : { patientClassAsSent }),
    ...(statusAsSent === undefined ? {} : { statusAsSent }),
    location,
    since,
    ...(stay !== undefined && isAfterItsMovement(data, stay, since) ? { inFuture: true } : {}),
    ...(leave === null ? {} : { leave }),
  }
}

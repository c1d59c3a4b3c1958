import type { Encounter, Entry } from '@tideway/schemas/documents/entry'
import type { EncounterLine, PatientHead, StatementLine } from '@tideway/schemas/documents/head'
import { instantOf } from '@tideway/time/iso-time'
import { isAfterItsMovement } from '../entries/encounter/told-times.ts'
import { clinicalTimeOf } from '../entries/entry.ts'
import { isLaterGeneration } from '../entries/generations/member-ids.ts'
import { sentAtOf } from '../entries/version.ts'

/** A time after its own message began no later than that message told it. */
const beganAt = (data: Encounter): Date => {
  const at = instantOf(clinicalTimeOf(data))
  const told = data.movements.map(({ version }) => sentAtOf(version))
  return new Date(Math.min(...(at === null ? [] : [at]), ...told))
}

/** The line of an encounter that is open or planned; null for any other entry. */
export const encounterLineOf = (entry: Entry): EncounterLine | null => {
  const { _id, sortAt, data } = entry
  if (data.kind !== 'encounter' || (data.status !== 'open' && data.status !== 'planned'))
    return null
  const { encounterId, status, patientClass, location, locationSince: since, leave } = data
  const { patientClassAsSent, statusAsSent } = data
  const stay = data.stays.findLast(({ cancelled, from }) => !cancelled && from === since)
  return {
    entry: _id,
    sortAt,
    encounterId,
    ...(isLaterGeneration(entry) ? { began: beganAt(data) } : {}),
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

/** The number alone of what an earlier release stored. */
const hadBegun = ({ began }: EncounterLine, { toldAt }: StatementLine): boolean =>
  began === undefined || toldAt === undefined || began.getTime() <= toldAt.getTime()

const byBeginning = (a: EncounterLine, b: EncounterLine): number =>
  (a.began?.getTime() ?? 0) - (b.began?.getTime() ?? 0)

/**
 * The open visit that a diagnosis was told of: of stays that share a number the newest that had
 * begun by then. Null if that is not among the lines, hence over, or still to come.
 */
export const openVisitOf = (
  line: StatementLine,
  { encounters }: Pick<PatientHead, 'encounters'>,
): EncounterLine | null => {
  const visit = encounters
    .filter(({ encounterId }) => encounterId === line.encounterId)
    .toSorted(byBeginning)
    .findLast((one) => hadBegun(one, line))
  return visit?.status === 'open' ? visit : null
}

import type { Encounter, Movement, Stay } from '@tideway/schemas/documents/entry'
import { withHoursTold } from '../entries/encounter/told-times.ts'
import type { Path } from './locate.ts'
import type { ValueSource } from './value-source.ts'

type Stated = Pick<Stay, 'event' | 'message' | 'place'>
type Moved = Pick<Movement, 'at' | 'location' | 'patientClass'>

/**
 * Fields of the visit that give the location of tracking events and of expected moves, the first
 * that is sent (PV1-11, PV1-42); see the fold of encounters.
 */
const locationFields: Readonly<Record<string, readonly string[]>> = {
  PatientDeparted: ['temporaryLocation', 'location'],
  PatientArrived: ['temporaryLocation', 'location'],
  AdmissionPending: ['pendingLocation', 'location'],
  TransferPending: ['pendingLocation', 'location'],
}

/** @param values  paths of the location, time and class; null if they are not shown */
const movementSources = (
  { event, message, place }: Stated,
  { at, location, patientClass }: Moved,
  values: { location: Path | null; at: Path | null; patientClass: Path | null },
): ValueSource[] => {
  const source = (value: Path | null, said: object, path: Path): ValueSource[] =>
    value === null ? [] : [{ value, message, place, record: event, said, path }]
  return [
    ...(locationFields[event] ?? ['location']).flatMap((name) =>
      source(values.location, { visit: { [name]: location } }, ['visit', name]),
    ),
    ...source(values.at, { at }, ['at']),
    ...source(values.patientClass, { visit: { patientClass } }, ['visit', 'patientClass']),
  ]
}

const notClass = { patientClass: null }

const staySources = (stay: Stay, location: Path, at: Path): ValueSource[] =>
  movementSources(
    stay,
    { at: stay.from, location: stay.location, ...notClass },
    { location, at, ...notClass },
  )

/**
 * After a change of doctor was cancelled (A55), the attending doctor comes from the newest message
 * that names them.
 */
const attendingSources = ({ doctors, attending }: Encounter): ValueSource[] => {
  const named = JSON.stringify(attending)
  const stated =
    attending === null
      ? undefined
      : doctors.findLast((doctor) => JSON.stringify(doctor.attending) === named)
  return stated === undefined
    ? []
    : [
        {
          value: ['attending'],
          message: stated.message,
          place: stated.place,
          record: 'Visit',
          said: { attending },
          path: ['attending'],
        },
      ]
}

const detailSources = ({ details, attending }: Encounter): ValueSource[] => {
  const seen = new Set<string>(attending === null ? [] : ['attending'])
  return details.flatMap(({ message, place, fields }) =>
    Object.keys(fields).flatMap((name): ValueSource[] => {
      if (seen.has(name)) return []
      seen.add(name)
      return [
        {
          value: [name],
          message,
          place,
          record: 'Visit',
          said: fields,
          path: [name],
        },
      ]
    }),
  )
}

/**
 * Admission or discharge time: from the newest movement that states it, else from the visit itself
 * (`detailSources`).
 */
const timeSources = (
  movements: readonly Movement[],
  event: string,
  at: string | null,
  name: string,
): ValueSource[] => {
  const stated =
    at === null
      ? undefined
      : movements.findLast((movement) => movement.event === event && movement.at === at)
  return stated === undefined
    ? []
    : movementSources(stated, stated, { location: null, at: [name], ...notClass })
}

export const encounterSources = (data: Encounter): ValueSource[] => {
  const { encounterId, stays, leave, expected } = data
  const movements = withHoursTold(data.movements)
  const now = stays.findLast(({ cancelled }) => !cancelled)
  const [first] = movements
  const left =
    leave === null
      ? undefined
      : movements.find(({ message, place }) => message === leave.message && place === leave.place)
  return [
    ...(first === undefined
      ? []
      : [
          {
            value: ['encounterId'],
            message: first.message,
            place: first.place,
            record: first.event,
            said: { encounterId },
            path: ['encounterId'],
          },
        ]),
    ...timeSources(movements, 'PatientAdmitted', data.admittedAt, 'admittedAt'),
    ...timeSources(movements, 'PatientDischarged', data.dischargedAt, 'dischargedAt'),
    ...(now === undefined ? [] : staySources(now, ['location'], ['locationSince'])),
    ...(left === undefined
      ? []
      : movementSources(left, left, { location: null, at: ['leave', 'since'], ...notClass })),
    ...expected.flatMap((one, index) =>
      movementSources(
        one,
        { ...one, ...notClass },
        { location: ['expected', index, 'location'], at: ['expected', index, 'at'], ...notClass },
      ),
    ),
    ...stays.flatMap((stay, index) =>
      staySources(stay, ['stays', index, 'location'], ['stays', index, 'from']),
    ),
    ...movements.flatMap((movement, index) => {
      const at: Path = ['movements', index]
      return movementSources(movement, movement, {
        location: [...at, 'location'],
        at: [...at, 'at'],
        patientClass: [...at, 'patientClass'],
      })
    }),
    ...attendingSources(data),
    ...detailSources(data),
  ]
}

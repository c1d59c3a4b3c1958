import type { Trace } from './field-trace.ts'
import type { Encounter, Movement, Stay } from '@tideway/schemas/documents/entry'
import type { Path } from '@tideway/record/provenance/locate'
import { visitMore } from '../json/encounter.ts'

const inMore: ReadonlySet<string> = new Set(visitMore.names)

type Told = Pick<Stay, 'event' | 'message' | 'place'>
type Moved = Pick<Movement, 'at' | 'location' | 'patientClass'>

/**
 * Where tracking and what is expected say their place first (PV1-11, PV1-42); see the fold of
 * encounters.
 */
const locationFields: Readonly<Record<string, readonly string[]>> = {
  PatientDeparted: ['temporaryLocation', 'location'],
  PatientArrived: ['temporaryLocation', 'location'],
  AdmissionPending: ['pendingLocation', 'location'],
  TransferPending: ['pendingLocation', 'location'],
}

/** @param shown  where the location, the time and the class are shown; null: they are not */
const movedTraces = (
  { event, message, place }: Told,
  { at, location, patientClass }: Moved,
  shown: { location: Path | null; at: Path | null; patientClass: Path | null },
): Trace[] => {
  const trace = (as: Path | null, said: object, path: Path): Trace[] =>
    as === null ? [] : [{ shown: as, message, place, record: event, said, path }]
  return [
    ...(locationFields[event] ?? ['location']).flatMap((name) =>
      trace(shown.location, { visit: { [name]: location } }, ['visit', name]),
    ),
    ...trace(shown.at, { at }, ['at']),
    ...trace(shown.patientClass, { visit: { patientClass } }, ['visit', 'patientClass']),
  ]
}

const notClass = { patientClass: null }

const stayTraces = (stay: Stay, location: Path, at: Path): Trace[] =>
  movedTraces(
    stay,
    { at: stay.from, location: stay.location, ...notClass },
    { location, at, ...notClass },
  )

/**
 * Once a change of doctor was taken back (A55), who is in charge is who was named by the newest
 * message that names him.
 */
const attendingTraces = ({ doctors, attending }: Encounter): Trace[] => {
  const named = JSON.stringify(attending)
  const told =
    attending === null
      ? undefined
      : doctors.findLast((doctor) => JSON.stringify(doctor.attending) === named)
  return told === undefined
    ? []
    : [
        {
          shown: ['attending'],
          message: told.message,
          place: told.place,
          record: 'Visit',
          said: { attending },
          path: ['attending'],
        },
      ]
}

const detailTraces = ({ details, attending }: Encounter): Trace[] => {
  const told = new Set<string>(attending === null ? [] : ['attending'])
  return details.flatMap(({ message, place, fields }) =>
    Object.keys(fields).flatMap((name): Trace[] => {
      if (told.has(name)) return []
      told.add(name)
      return [
        {
          shown: inMore.has(name) ? ['more', name] : [name],
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
 * A time shown of the whole is that of the newest movement that says it, else the visit's own
 * (`detailTraces`).
 */
const timeTraces = (
  movements: readonly Movement[],
  event: string,
  at: string | null,
  shown: string,
): Trace[] => {
  const told =
    at === null
      ? undefined
      : movements.findLast((movement) => movement.event === event && movement.at === at)
  return told === undefined
    ? []
    : movedTraces(told, told, { location: null, at: [shown], ...notClass })
}

export const encounterTraces = (data: Encounter): Trace[] => {
  const { encounterId, movements, stays, leave, expected } = data
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
            shown: ['encounterId'],
            message: first.message,
            place: first.place,
            record: first.event,
            said: { encounterId },
            path: ['encounterId'],
          },
        ]),
    ...timeTraces(movements, 'PatientAdmitted', data.admittedAt, 'admittedAt'),
    ...timeTraces(movements, 'PatientDischarged', data.dischargedAt, 'dischargedAt'),
    ...(now === undefined ? [] : stayTraces(now, ['location'], ['locationSince'])),
    ...(left === undefined
      ? []
      : movedTraces(left, left, { location: null, at: ['onLeave', 'since'], ...notClass })),
    ...expected.flatMap((one, index) =>
      movedTraces(
        one,
        { ...one, ...notClass },
        { location: ['expected', index, 'location'], at: ['expected', index, 'at'], ...notClass },
      ),
    ),
    ...stays.flatMap((stay, index) =>
      stayTraces(stay, ['stays', index, 'location'], ['stays', index, 'from']),
    ),
    ...movements.flatMap((movement, index) => {
      const at: Path = ['movements', index]
      return movedTraces(movement, movement, {
        location: [...at, 'location'],
        at: [...at, 'at'],
        patientClass: [...at, 'patientClass'],
      })
    }),
    ...attendingTraces(data),
    ...detailTraces(data),
  ]
}

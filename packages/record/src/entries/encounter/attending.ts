import type { EncounterEvent } from './encounter-event.ts'
import type { Encounter, Origin } from '@tideway/schemas/documents/entry'
import type { Practitioner } from '@tideway/schemas/events.generated'
import { newestOf, putFact } from '../facts.ts'
import { same } from '../is-same.ts'
import { strandsOf } from '../strands.ts'
import { strandOf, toldOfStay } from './told-of-stay.ts'

/**
 * Of changes and of doctors: enough to know who was in charge before a change that is taken back.
 */
const doctorsKept = 12

type Doctors = Encounter['doctors']

const isChange = ({ event }: Doctors[number]): boolean =>
  event === 'DoctorChanged' || event === 'DoctorChangeCancelled'

/** Of the doctors of one strand the newest changes, and the newest message of each that is none. */
const keptOf = (doctors: Doctors): Doctors => {
  const changes = doctors.filter(isChange)
  const ofEach = newestOf(
    doctors.filter((doctor) => !isChange(doctor)),
    0,
    ({ attending }) => [
      JSON.stringify(
        attending.map(({ identifier, authority, family, given }) => [
          identifier,
          authority,
          family,
          given,
        ]),
      ),
    ],
  )
  return [changes, ofEach].flatMap((some) => some.slice(-doctorsKept))
}

/**
 * Of the doctors of one stay those that may count again: most messages only repeat who is in
 * charge. Which ones does not depend on the order in which they came.
 */
export const doctorsKeptOf = (doctors: Doctors): Doctors => {
  if (doctors.length <= 1) return doctors
  const keep = new Set(strandsOf(doctors, strandOf).flatMap(keptOf))
  return doctors.filter((doctor) => keep.has(doctor))
}

/**
 * Adds who is in charge by one message of the patient's own organisation.
 *
 * @param owner  a laboratory's idea of who is in charge is never gone back to
 */
export const withAttending = (
  doctors: Doctors,
  event: EncounterEvent,
  stated: Origin,
  owner: string,
): Doctors => {
  const { type, visit } = event
  const says = visit.attending.length > 0 || type === 'DoctorChangeCancelled'
  if (!says || stated.source !== owner) return doctors
  return putFact(doctors, {
    ...stated,
    event: type,
    attending: visit.attending,
    ...toldOfStay(event),
  })
}

/**
 * Who is in charge once a change of doctor was taken back (A55): whom that message names, else who
 * was before the newest change still standing; what repeated the changed doctor since goes with it.
 *
 * @param doctors  in version order
 * @returns null if no change was taken back: the newest message that names a doctor counts; empty
 *   if nobody is known from before
 * @see HL7 v2.5.1 chapter 3.3.55
 */
export const attendingNow = (doctors: Doctors): Practitioner[] | null => {
  if (!doctors.some(({ event }) => event === 'DoctorChangeCancelled')) return null
  const standing: Doctors = []
  for (const doctor of doctors) {
    if (doctor.event === 'DoctorChangeCancelled') takeBack(standing)
    if (doctor.attending.length > 0) standing.push(doctor)
  }
  return standing.at(-1)?.attending ?? []
}

const takeBack = (standing: Doctors): void => {
  const at = standing.findLastIndex(({ event }) => event === 'DoctorChanged')
  if (at === -1) return
  const changed = standing[at]?.attending
  const since = standing.splice(at)
  standing.push(...since.filter(({ attending }) => !same(attending, changed)))
}

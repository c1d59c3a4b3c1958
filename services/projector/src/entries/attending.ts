import type { Encounter, Origin } from '@tideway/schemas/documents/entry'
import type { Practitioner } from '@tideway/schemas/events.generated'
import { putFact } from '../facts.ts'
import { same } from '../same.ts'
import type { EncounterEvent } from './encounter.ts'

/** Enough to know who was in charge before a change that is taken back: that comes soon, or names the doctor itself. */
const doctorsKept = 12

/**
 * Adds who is in charge by one message of the patient's own organisation. Only the newest are kept, whichever order they came in.
 *
 * @param owner  a laboratory's idea of who is in charge is never gone back to
 */
export const withAttending = (doctors: Encounter['doctors'], event: EncounterEvent, stated: Origin, owner: string): Encounter['doctors'] => {
  const { type, visit } = event
  const says = visit.attending.length > 0 || type === 'DoctorChangeCancelled'
  if (!says || stated.source !== owner) return doctors
  return putFact(doctors, { ...stated, event: type, attending: visit.attending }).slice(-doctorsKept)
}

/**
 * Who is in charge once a change of doctor was taken back (A55): whom that message names, else who was before the newest change still
 * standing; what repeated the changed doctor since goes with it.
 *
 * @param doctors  in version order
 * @returns null if no change was taken back: the newest message that names a doctor counts; empty if nobody is known from before
 * @see HL7 v2.5.1 chapter 3.3.55
 */
export const attendingNow = (doctors: Encounter['doctors']): Practitioner[] | null => {
  if (!doctors.some(({ event }) => event === 'DoctorChangeCancelled')) return null
  const standing: Encounter['doctors'] = []
  for (const doctor of doctors) {
    if (doctor.event === 'DoctorChangeCancelled') takeBack(standing)
    if (doctor.attending.length > 0) standing.push(doctor)
  }
  return standing.at(-1)?.attending ?? []
}

const takeBack = (standing: Encounter['doctors']): void => {
  const at = standing.findLastIndex(({ event }) => event === 'DoctorChanged')
  if (at === -1) return
  const changed = standing[at]?.attending
  const since = standing.splice(at)
  standing.push(...since.filter(({ attending }) => !same(attending, changed)))
}

import type { PatientRecord } from '@tideway/record-api/json/record'
import { instantOf, shownTime, timeAndAge } from './times.ts'

type Place = NonNullable<PatientRecord['whereNow']>['location'] | undefined

/** `PICU, bay A, bed 6 · DENMARK HILL`, as the hospital sends it. */
const shownPlace = (place: Place): string => {
  if (place === undefined) return 'place not said'
  const within = [
    place.pointOfCare,
    place.room,
    place.bed === undefined ? null : `bed ${place.bed}`,
  ]
    .filter((part) => part != null)
    .join(', ')
  return [within || null, place.building].filter((part) => part != null).join(' · ')
}

/** A short name for a column: up to the first comma or `NHS`. */
export const shortName = (name: string | null | undefined, ods: string): string =>
  (name ?? ods)
    .replace(/( Hospital)?( NHS| NHS Foundation)?( Foundation)? Trust$/, '')
    .split(/,| NHS /)[0] as string

/** The patient's location, and every other open encounter. */
export const whereLines = ({ whereNow, alsoOpen }: PatientRecord, now: Date): string[] => {
  if (whereNow === undefined) return ['WHERE NOW   Not in hospital as far as these sources tell']
  const line = (one: NonNullable<PatientRecord['whereNow']>) =>
    `${one.organisationName ?? one.organisation}\n            ${shownPlace(one.location)} · ${one.patientClass ?? 'class not said'} · since ${timeAndAge(one.since, now)}`
  return [`WHERE NOW   ${line(whereNow)}`, ...alsoOpen.map((one) => `ALSO OPEN   ${line(one)}`)]
}

/** Encounters, oldest first. */
export const stayLines = ({ encounters, patients }: PatientRecord): string[] => {
  const names = new Map(
    patients.map(({ organisation, organisationName }) => [organisation, organisationName]),
  )
  return encounters
    .toSorted((a, b) => (instantOf(a.admittedAt) ?? 0) - (instantOf(b.admittedAt) ?? 0))
    .flatMap((encounter) => {
      const ended =
        encounter.dischargedAt === undefined ? '' : `, left ${shownTime(encounter.dischargedAt)}`
      const head = `${shortName(names.get(encounter.organisation), encounter.organisation)}: ${encounter.status}, admitted ${shownTime(encounter.admittedAt)}${ended}`
      return [
        head,
        ...encounter.stays.map(
          (stay) =>
            `    ${shownTime(stay.from)}  ${shownPlace(stay.location)}${stay.cancelled ? '  (cancelled)' : ''}`,
        ),
      ]
    })
}

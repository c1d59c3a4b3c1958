import type { PatientHead } from '@tideway/schemas/documents/head'
import { publicId } from '@tideway/schemas/public-id'
import { openEncounters } from '@tideway/record/summary/where-now'
import type { Static } from 'typebox'
import { Leave, leaveOf } from './encounter.ts'
import type { Names } from './patient.ts'
import { clinicalTime, Location, object, orNull, text, textOrNull } from './values.ts'

export const Whereabouts = object(
  'Whereabouts',
  'An open encounter: where the patient is, as that organisation says.',
  {
    organisation: text('ODS code.'),
    organisationName: textOrNull('Its name.'),
    patient: text('Public id of the source patient.'),
    location: orNull(Location, 'Null if the organisation did not say where.'),
    since: clinicalTime('Since when.'),
    patientClass: textOrNull('INPATIENT, EMERGENCY, ...'),
    onLeave: orNull(Leave, 'Leave of absence that goes on: the place is kept, he is not there.'),
    encounter: text('Public id of the encounter.'),
  },
)
export type Whereabouts = Static<typeof Whereabouts>

/** Every open encounter, the first of them where the patient is now; see `openEncounters`. */
export const whereaboutsOf = (heads: readonly PatientHead[], names: Names): Whereabouts[] =>
  openEncounters(heads).map(({ head, encounter }) => ({
    organisation: head.organisation,
    organisationName: names.get(head.organisation) ?? null,
    patient: head.id,
    location: encounter.location,
    since: encounter.since,
    patientClass: encounter.patientClass,
    onLeave: leaveOf(encounter.leave ?? null),
    encounter: publicId(encounter.entry),
  }))

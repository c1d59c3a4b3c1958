import { instantOf } from '@tideway/time/iso-time'
import type { EncounterLine, PatientHead } from '@tideway/schemas/documents/head'
import { publicId } from '@tideway/schemas/public-id'
import { stayRank } from '@tideway/record/entries/encounter/stay'
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

/**
 * Milliseconds, so that times of different offsets and precision compare; where nothing is said,
 * when the encounter began.
 */
const sinceOf = ({ since, sortAt }: EncounterLine): number => instantOf(since) ?? sortAt.getTime()

/**
 * Every open encounter over all organisations, the first of them where the patient is now: a stay
 * in a bed whose place is known, else a stay, else the visit; of several the newest. An out-patient
 * visit that nobody closed never outranks the ward he lies on. The others are shown beside it: a
 * stay that nobody closed and a stay in two places are for a person to see.
 */
export const whereaboutsOf = (heads: readonly PatientHead[], names: Names): Whereabouts[] =>
  heads
    .flatMap((head) =>
      head.encounters
        .filter(({ status }) => status === 'open')
        .map((encounter) => ({ head, encounter })),
    )
    .toSorted(
      (a, b) =>
        stayRank(b.encounter) - stayRank(a.encounter) ||
        sinceOf(b.encounter) - sinceOf(a.encounter) ||
        (a.encounter.entry < b.encounter.entry ? -1 : 1),
    )
    .map(({ head, encounter }) => ({
      organisation: head.organisation,
      organisationName: names.get(head.organisation) ?? null,
      patient: head.id,
      location: encounter.location,
      since: encounter.since,
      patientClass: encounter.patientClass,
      onLeave: leaveOf(encounter.leave ?? null),
      encounter: publicId(encounter.entry),
    }))

import type { PatientHead } from '@tideway/schemas/documents/head'
import { publicId } from '@tideway/schemas/public-id'
import { openEncounters } from '@tideway/record/summary/where-now'
import type { Static } from 'typebox'
import type { Presented } from './schema/answer.ts'
import { Leave, leaveOf } from './schema/course.ts'
import type { Names } from './patient.ts'
import { patientClassFields, patientClassOf } from './patient-class.ts'
import {
  clinicalTime,
  futureMark,
  Location,
  object,
  optional,
  text,
  optionalText,
  publicIdText,
} from './schema/values.ts'

export const Whereabouts = object(
  'Whereabouts',
  'An open encounter and where the patient is, as reported by the organisation.',
  {
    organisation: text('ODS code.'),
    organisationName: optionalText('Its name.'),
    patient: publicIdText('Public id of the source patient.'),
    location: optional(Location, 'Absent if not sent.'),
    since: clinicalTime('When the patient came to the location.'),
    inFuture: futureMark(
      '`since` lies after the message that says it; it does not make this the newest.',
    ),
    ...patientClassFields,
    onLeave: optional(
      Leave,
      'Current leave of absence: the location is kept, the patient is not there.',
    ),
    encounter: publicIdText('Public id of the encounter.'),
  },
)
export type Whereabouts = Static<typeof Whereabouts>

/** Every open encounter, the first of them where the patient is now; see `openEncounters`. */
export const whereaboutsOf = (
  heads: readonly PatientHead[],
  names: Names,
): Presented<Whereabouts>[] =>
  openEncounters(heads).map(({ head, encounter }) => ({
    organisation: head.organisation,
    organisationName: names.get(head.organisation) ?? null,
    patient: head.id,
    location: encounter.location,
    since: encounter.since,
    inFuture: encounter.inFuture ?? null,
    ...patientClassOf(encounter.patientClass, encounter.patientClassAsSent),
    onLeave: leaveOf(encounter.leave ?? null),
    encounter: publicId(encounter.entry),
  }))

import type { PatientHead } from '@tideway/schemas/documents/head'
import { publicId } from '@tideway/schemas/public-id'
import { type Static, Type } from 'typebox'
import { effectiveDemographics } from '@tideway/record/demographics/effective-demographics'
import { receivedAtOf } from './entry.ts'
import { IdentityFacts, identityFactsOf } from './identity.ts'
import {
  clinicalTime,
  instant,
  list,
  object,
  orNull,
  PersonName,
  text,
  textOrNull,
} from './values.ts'

const Merge = object(
  'Merge',
  'A number that the organisation says is the same patient; this one survives. HL7 A40.',
  {
    organisation: text('ODS code.'),
    identifier: text('The number that was merged.'),
    patient: text('Public id of the patient of that number.'),
    at: clinicalTime('When the organisation merged them.'),
    receivedAt: text('When we were told.'),
  },
)

const Removed = object(
  'Removed',
  'The sender took the patient off its list, and did not register him again; nothing is erased. HL7 A29.',
  {
    at: clinicalTime('When it did.'),
    source: text('ODS code of the sender.'),
    receivedAt: instant('When we were told.'),
    message: text('Message id; see GET /api/messages/{id}.'),
    segment: text('Segment in that message.'),
  },
)

/** Enough to tell one patient from another, and no more. */
export const Patient = object(
  'Patient',
  'One source patient: a person as one organisation knows them.',
  {
    id: text('Public id, for addresses; names nobody.'),
    organisation: text('ODS code of the organisation whose number it is.'),
    organisationName: textOrNull('Its name, if it is a source.'),
    identifier: text('Its own number for the patient.'),
    name: orNull(PersonName, 'First of the names it sent.'),
    birthDate: clinicalTime('Birth.'),
    sex: textOrNull('FEMALE, MALE, OTHER, UNKNOWN, ...'),
    nhsNumber: textOrNull('Ten digits that pass modulus 11.'),
    deceased: orNull(Type.Boolean(), 'Null if nothing was said.'),
    merges: list(
      Merge,
      'Numbers merged into this one. Their records are in this record only if they carry the same NHS number and birth date.',
    ),
    removed: orNull(Removed, 'Null if he is on its list.'),
    identity: IdentityFacts,
  },
)
export type Patient = Static<typeof Patient>

export const Patients = object('Patients', 'Source patients found; empty if there is none.', {
  patients: list(Patient),
})

/** Names of organisations by ODS code. */
export type Names = ReadonlyMap<string, string>

const mergesOf = ({ merges }: PatientHead): Static<typeof Merge>[] =>
  merges.flatMap(({ priorKeys, at, version }) =>
    priorKeys.map((key) => {
      const [organisation = '', ...identifier] = key.split('|')
      return {
        organisation,
        identifier: identifier.join('|'),
        patient: publicId(key),
        at,
        receivedAt: receivedAtOf(version),
      }
    }),
  )

const removedOf = ({ removed }: PatientHead): Static<typeof Removed> | null =>
  removed && {
    at: removed.at,
    source: removed.source,
    receivedAt: receivedAtOf(removed.version),
    message: removed.message,
    segment: removed.place,
  }

/** One source patient for a reader. */
export const patientOf = (head: PatientHead, names: Names): Patient => {
  const { fields } = effectiveDemographics(head)
  return {
    id: head.id,
    organisation: head.organisation,
    organisationName: names.get(head.organisation) ?? null,
    identifier: head.identifier,
    name: fields.names?.[0] ?? null,
    birthDate: head.birthDate,
    sex: fields.sex ?? null,
    nhsNumber: head.nhsNumber,
    deceased: fields.deceased ?? null,
    merges: mergesOf(head),
    removed: removedOf(head),
    identity: identityFactsOf(head),
  }
}

import type { PatientHead } from '@tideway/schemas/documents/head'
import { identifierIn, publicId } from '@tideway/schemas/public-id'
import { type Static, Type } from 'typebox'
import { currentName } from '@tideway/record/demographics/current-name'
import { deathTimeMark } from '@tideway/record/demographics/death-time'
import {
  detailsBySender,
  effectiveDemographics,
} from '@tideway/record/demographics/effective-demographics'
import { Completeness } from '../completeness/completeness.ts'
import type { Presented } from './schema/answer.ts'
import { organisationOf, receivedAtOf } from './entry.ts'
import { IdentityFacts, identityFactsOf } from './identity.ts'
import { NotShown, notShownOfPatient } from './not-shown.ts'
import { deathTimeField } from './schema/death-time.ts'
import { sexFields, sexOf } from './sex.ts'
import {
  clinicalTime,
  instant,
  list,
  object,
  optional,
  PersonName,
  text,
  optionalText,
  publicIdText,
} from './schema/values.ts'
import { ZSegments, zSegmentsOf } from './z-segments.ts'

const Merge = object(
  'Merge',
  'A number that the organisation merged into this one, which survives. HL7 A40.',
  {
    organisation: text('ODS code.'),
    identifier: text('The number that was merged.'),
    patient: publicIdText('Public id of that source patient.'),
    at: clinicalTime('When the organisation merged them.'),
    receivedAt: instant('When the message was received.'),
  },
)

const Removed = object(
  'Removed',
  'The sender removed the patient and has not registered him or her again; nothing is erased. HL7 A29.',
  {
    at: clinicalTime('When it was removed.'),
    source: text('ODS code of the sender.'),
    receivedAt: instant('When the message was received.'),
    message: text('Message id; see GET /api/messages/{id}.'),
    segment: text('Segment in that message.'),
  },
)

const count = (of: string) => optional(Type.Integer(), `${of}; absent if none.`)

const LeftOut = object(
  'LeftOut',
  'How much of a very long record is not in this first part of it; entries and messages hold all. Lines of the summary that are missing are told by its `cut`.',
  {
    identifiers: count('Older identifiers'),
    merges: count('Older merges'),
    identity: count('Older statements about identity'),
    encounters: count('Lines of open and planned encounters'),
    said: count('Senders whose demographics are left out, or long fields that are cut or left out'),
    sources: count('Senders whose feeds are not listed'),
    zSegments: count('Sets of Z segments'),
  },
)

const leftOutOf = ({ shortened }: PatientHead): Presented<Static<typeof LeftOut>> | null => {
  if (shortened === undefined) return null
  const { identifiers, merges, identity, encounters, details, freshness, zSegments } = shortened
  const left = { identifiers, merges, identity, encounters, said: details, sources: freshness }
  const counts = Object.entries({ ...left, zSegments }).map(([name, of = null]) => [name, of])
  return counts.every(([, of]) => of === null)
    ? null
    : (Object.fromEntries(counts) as Presented<Static<typeof LeftOut>>)
}

/** FHIR R4, Patient.active, a modifier: a reader must not take the record for one in use. */
export const inUse = optional(
  Type.Boolean(),
  'False: the sender no longer uses this record of the patient: it may be a duplicate or an error. Absent if not sent.',
)

/** Enough to tell one patient from another, and no more. */
export const PatientAnswer = object(
  'Patient',
  'A source patient: a person under one identifier of one organisation.',
  {
    id: publicIdText('Public id.'),
    organisation: text('ODS code of the organisation that assigned the identifier.'),
    organisationName: optionalText('Its name, if it is a source.'),
    identifier: text('Its own number for the patient.'),
    generation: optional(
      Type.Integer({ minimum: 2 }),
      'As which person the patient has the number, where the organisation gave it to one after another: 2 for the second. Absent of the first.',
    ),
    placeholder: optional(
      Type.Boolean(),
      'True: the sender gave no number but a placeholder (`UNKNOWN`), so that this is what one message says; corrections of it, and other messages about the same person, stand alone too. Absent otherwise.',
    ),
    name: optional(
      PersonName,
      'The current name: in force, and legal or official before usual, alias, maiden and old.',
    ),
    birthDate: clinicalTime('Date or time of birth.'),
    ...sexFields,
    nhsNumber: optionalText('Ten digits that pass modulus 11.'),
    deceased: optional(Type.Boolean(), 'Absent if not sent.'),
    active: inUse,
    deathTime: deathTimeField,
    merges: list(
      Merge,
      'Numbers merged into this one. Their entries are in this record only if they have the same NHS number and birth date.',
    ),
    removed: optional(Removed, 'Absent if not removed.'),
    identity: IdentityFacts,
    zSegments: optional(ZSegments),
    leftOut: optional(LeftOut, 'Absent if everything is here.'),
    notShown: optional(
      NotShown,
      'What was sent about the patient, belongs to no entry and could not be used; absent if there is nothing.',
    ),
  },
)
export type PatientAnswer = Static<typeof PatientAnswer>

export const Patients = object('Patients', 'Source patients found; empty if there are none.', {
  completeness: Completeness,
  complete: Type.Boolean({ description: 'True only if `completeness.state` is `complete`.' }),
  patients: list(PatientAnswer),
})

/** Names of organisations by ODS code. */
export type Names = ReadonlyMap<string, string>

const mergesOf = ({ merges }: PatientHead): Presented<Static<typeof Merge>>[] =>
  merges.flatMap(({ priorKeys, at, version }) =>
    priorKeys.map((key) => ({
      organisation: organisationOf(key),
      identifier: identifierIn(key),
      patient: publicId(key),
      at,
      receivedAt: receivedAtOf(version),
    })),
  )

const removedOf = ({ removed }: PatientHead): Presented<Static<typeof Removed>> | null =>
  removed && {
    at: removed.at,
    source: removed.source,
    receivedAt: receivedAtOf(removed.version),
    message: removed.message,
    segment: removed.place,
  }

/** One source patient as an answer. */
export const patientOf = (head: PatientHead, names: Names): Presented<PatientAnswer> => {
  const { fields } = effectiveDemographics(head)
  return {
    id: head.id,
    organisation: head.organisation,
    organisationName: names.get(head.organisation) ?? null,
    identifier: head.identifier,
    generation: head.generation ?? null,
    placeholder: head.placeholder ?? null,
    name: currentName(fields.names),
    birthDate: head.birthDate,
    ...sexOf(fields),
    nhsNumber: head.nhsNumber,
    deceased: fields.deceased ?? null,
    active: fields.active ?? null,
    deathTime: deathTimeMark(fields, detailsBySender(head)),
    merges: mergesOf(head),
    removed: removedOf(head),
    identity: identityFactsOf(head),
    zSegments: zSegmentsOf(head),
    leftOut: leftOutOf(head),
    notShown: notShownOfPatient(head),
  }
}

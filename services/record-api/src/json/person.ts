import type { Details, PatientHead } from '@tideway/schemas/documents/head'
import { currentFirst } from '@tideway/record/demographics/current-name'
import { type Static, Type } from 'typebox'
import { deathTimeMark } from '@tideway/record/demographics/death-time'
import type { SenderDetails } from '@tideway/record/demographics/effective-demographics'
import { personDemographics } from '@tideway/record/demographics/person-demographics'
import type { Presented } from './schema/answer.ts'
import { receivedAtOf } from './entry.ts'
import { type More, restOf } from './schema/more.ts'
import { inUse, type Names } from './patient.ts'
import { deathTimeField } from './schema/death-time.ts'
import { sexFields, sexOf } from './sex.ts'
import {
  Address,
  clinicalTime,
  Coded,
  instant,
  list,
  object,
  optional,
  PersonName,
  Practitioner,
  Telecom,
  text,
  optionalText,
  publicIdText,
} from './schema/values.ts'

const elsewhere = [
  'names',
  'birthDate',
  'sex',
  'sexAsSent',
  'nhsNumber',
  'nhsNumberStatus',
  'deceased',
  'active',
  'diedAt',
  'addresses',
  'telecoms',
  'language',
  'maritalStatus',
  'religion',
  'ethnicity',
  'nationality',
  'birthPlace',
  'multipleBirth',
  'birthOrder',
  'identityUnknown',
  'disability',
  'livingArrangement',
  'livingWill',
  'organDonor',
  'advanceDirectives',
  'gpPractice',
  'gp',
]
const elsewhereInRecord =
  'Elsewhere in the record: `identifiers`, and `removed` of the source patient.'
const notOfCare = 'Not needed for care, and enough to impersonate somebody.'

/** Fields of a patient that are not in an answer, with the reason. */
export const detailsNotShown = {
  identifiers: elsewhereInRecord,
  registers: elsewhereInRecord,
  deleted: 'An emptied field is absent.',
  resource: elsewhereInRecord,
  isWhole: 'What a later version leaves out is absent.',
  zSegments: 'Elsewhere in the record: `zSegments` of the source patient.',
  driversLicence: notOfCare,
  driversLicenceIssuer: notOfCare,
  driversLicenceUntil: notOfCare,
  mothersMaidenNames: notOfCare,
  mothersIdentifiers: 'Identifiers of another person.',
} as const

export const personMore = restOf('PatientDetailsReported', elsewhere, detailsNotShown)
const PersonMore = Type.Unsafe<More>(
  object('PersonMore', 'Other fields of the patient, codes as sent.', personMore.fields),
)

const demographics = {
  names: list(PersonName, 'Of the person, the current one first; in `said`, in the order sent.'),
  birthDate: clinicalTime('Date or time of birth.'),
  ...sexFields,
  nhsNumber: optionalText('Ten digits.'),
  nhsNumberStatus: optionalText('Verification status as sent (PID-32).'),
  deceased: optional(Type.Boolean(), 'Absent if not sent.'),
  active: inUse,
  diedAt: clinicalTime('Date or time of death.'),
  deathTime: deathTimeField,
  addresses: list(Address),
  telecoms: list(Telecom),
  language: optional(Coded),
  maritalStatus: optional(Coded),
  religion: optional(Coded),
  ethnicity: optional(Coded),
  nationality: optional(Coded),
  birthPlace: optionalText('As sent.'),
  multipleBirth: optional(Type.Boolean(), 'Whether one of several born together.'),
  birthOrder: optionalText('Order of birth among them, as sent.'),
  identityUnknown: optional(
    Type.Boolean(),
    'True if the identity of the patient is unknown to the sender.',
  ),
  disability: optional(Coded),
  livingArrangement: optional(Coded),
  livingWill: optional(Coded),
  organDonor: optional(Coded),
  advanceDirectives: list(Coded),
  gpPractice: optional(Coded),
  gp: optional(Practitioner),
  more: optional(PersonMore),
}

const StatementFields = object(
  'Said',
  'Demographics as one sender reports them for one source patient. Disagreement is shown, not resolved.',
  {
    patient: publicIdText('Public id of the source patient.'),
    organisation: text('ODS code of the organisation that assigned the identifier.'),
    sender: text('ODS code of the sender.'),
    senderName: optionalText('Its name.'),
    receivedAt: instant('When its newest message was received.'),
    message: text('Message id of its newest message.'),
    segment: text('Segment in that message.'),
    ...demographics,
  },
)

export const Person = object(
  'Person',
  'Demographics of the person: each field from the organisation with the newest value, and what every sender reports in `said`.',
  {
    ...demographics,
    said: list(
      StatementFields,
      'By source patient and sender, newest source patient first, the owner of the number before others.',
    ),
    mismatches: list(Type.String(), 'Fields in which senders disagree, e.g. names, sex.'),
  },
)
export type Person = Static<typeof Person>

/** Origin, living arrangements and wishes for treatment. */
const lifeOf = (fields: Partial<Details>) => ({
  nationality: fields.nationality ?? null,
  birthPlace: fields.birthPlace ?? null,
  multipleBirth: fields.multipleBirth ?? null,
  birthOrder: fields.birthOrder ?? null,
  identityUnknown: fields.identityUnknown ?? null,
  disability: fields.disability ?? null,
  livingArrangement: fields.livingArrangement ?? null,
  livingWill: fields.livingWill ?? null,
  organDonor: fields.organDonor ?? null,
  advanceDirectives: fields.advanceDirectives ?? [],
})

const demographicsOf = (
  fields: Partial<Details>,
  senders: readonly Pick<SenderDetails, 'version' | 'fields'>[],
) => ({
  names: fields.names ?? [],
  birthDate: fields.birthDate ?? null,
  ...sexOf(fields),
  nhsNumber: fields.nhsNumber ?? null,
  nhsNumberStatus: fields.nhsNumberStatus ?? null,
  deceased: fields.deceased ?? null,
  active: fields.active ?? null,
  diedAt: fields.diedAt ?? null,
  deathTime: deathTimeMark(fields, senders),
  addresses: fields.addresses ?? [],
  telecoms: fields.telecoms ?? [],
  language: fields.language ?? null,
  maritalStatus: fields.maritalStatus ?? null,
  religion: fields.religion ?? null,
  ethnicity: fields.ethnicity ?? null,
  ...lifeOf(fields),
  gpPractice: fields.gpPractice ?? null,
  gp: fields.gp ?? null,
  more: personMore.of(fields),
})

const saidOf = (
  head: PatientHead,
  { sender, version, message, place, fields }: SenderDetails,
  names: Names,
): Presented<Static<typeof StatementFields>> => ({
  patient: head.id,
  organisation: head.organisation,
  sender,
  senderName: names.get(sender) ?? null,
  receivedAt: receivedAtOf(version),
  message,
  segment: place,
  ...demographicsOf(fields, [{ version, fields }]),
})

/**
 * Demographics of a person, over all source patients.
 *
 * @param heads  of one person; at least one
 */
export const personOf = (heads: readonly PatientHead[], names: Names): Presented<Person> => {
  const { fields, bySender, mismatches } = personDemographics(heads)
  return {
    ...demographicsOf(
      fields,
      bySender.map(({ details }) => details),
    ),
    names: currentFirst(fields.names ?? [], new Date().toISOString()),
    said: bySender.map(({ head, details }) => saidOf(head, details, names)),
    mismatches,
  }
}

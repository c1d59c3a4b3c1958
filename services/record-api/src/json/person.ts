import type { Details, PatientHead } from '@tideway/schemas/documents/head'
import { type Static, Type } from 'typebox'
import type { SenderDetails } from '@tideway/record/demographics/effective-demographics'
import { personDemographics } from '@tideway/record/demographics/person-demographics'
import { receivedAtOf } from './entry.ts'
import { type More, restOf } from './more.ts'
import type { Names } from './patient.ts'
import {
  Address,
  clinicalTime,
  Coded,
  instant,
  list,
  object,
  orNull,
  PersonName,
  Practitioner,
  Telecom,
  text,
  textOrNull,
} from './values.ts'

const elsewhere = [
  'names',
  'birthDate',
  'sex',
  'nhsNumber',
  'nhsNumberStatus',
  'deceased',
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
  'Answered elsewhere in the record: `identifiers` and `removed` of the source patient.'
const notOfCare = 'Of no use for care, and enough to pass for somebody.'

/** What details of a patient say and is not answered with who he is, and why. */
export const detailsNotShown = {
  identifiers: elsewhereInRecord,
  registers: elsewhereInRecord,
  deleted: 'What was emptied is null.',
  zSegments: 'What only the sender understands stays in the event and the archive.',
  driversLicence: notOfCare,
  driversLicenceIssuer: notOfCare,
  driversLicenceUntil: notOfCare,
  mothersMaidenNames: notOfCare,
  mothersIdentifiers: "Another person's numbers.",
} as const

export const personMore = restOf('PatientDetailsReported', elsewhere, detailsNotShown)
const PersonMore = Type.Unsafe<More>(
  object('PersonMore', 'What else was said of the patient, codes as sent.', personMore.fields),
)

const demographics = {
  names: list(PersonName, 'In the order sent.'),
  birthDate: clinicalTime('Birth.'),
  sex: textOrNull(
    "FEMALE, MALE, OTHER, UNKNOWN, AMBIGUOUS, NOT_APPLICABLE; as sent if not in the source's table.",
  ),
  nhsNumber: orNull(
    object('NhsNumber', 'NHS number and how far it is verified.', {
      value: text('Ten digits.'),
      status: textOrNull('As sent (PID-32).'),
    }),
  ),
  deceased: orNull(Type.Boolean(), 'Null if nothing was said.'),
  diedAt: clinicalTime('Death.'),
  addresses: list(Address),
  telecoms: list(Telecom),
  language: orNull(Coded),
  maritalStatus: orNull(Coded),
  religion: orNull(Coded),
  ethnicity: orNull(Coded),
  nationality: orNull(Coded),
  birthPlace: textOrNull('As sent.'),
  multipleBirth: orNull(Type.Boolean(), 'One of several born together; null if nothing was said.'),
  birthOrder: textOrNull('Which of them, as sent.'),
  identityUnknown: orNull(Type.Boolean(), 'True: the sender does not know who the patient is.'),
  disability: orNull(Coded),
  livingArrangement: orNull(Coded),
  livingWill: orNull(Coded),
  organDonor: orNull(Coded),
  advanceDirectives: list(Coded),
  gpPractice: orNull(Coded),
  gp: orNull(Practitioner),
  more: PersonMore,
}

const Said = object(
  'Said',
  'What one sender says of one source patient: disagreement is shown, not resolved.',
  {
    patient: text('Public id of the source patient.'),
    organisation: text('ODS code of the organisation whose number it is.'),
    sender: text('ODS code of who said it.'),
    senderName: textOrNull('Its name.'),
    receivedAt: instant('When its newest word was received.'),
    message: text('Message id of its newest word.'),
    segment: text('Segment in that message.'),
    ...demographics,
  },
)

export const Person = object(
  'Person',
  'Who the patient is: each field as the newest organisation that knows it has it, and beside it what every sender says.',
  {
    ...demographics,
    said: list(
      Said,
      'By source patient and sender, newest source patient first, the owner of the number before others.',
    ),
    mismatches: list(Type.String(), 'Fields in which senders disagree, e.g. names, sex.'),
  },
)
export type Person = Static<typeof Person>

/** Where the patient comes from, and how he lives and wishes to be treated. */
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

const demographicsOf = (fields: Partial<Details>) => ({
  names: fields.names ?? [],
  birthDate: fields.birthDate ?? null,
  sex: fields.sex ?? null,
  nhsNumber:
    fields.nhsNumber == null
      ? null
      : { value: fields.nhsNumber, status: fields.nhsNumberStatus ?? null },
  deceased: fields.deceased ?? null,
  diedAt: fields.diedAt ?? null,
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
): Static<typeof Said> => ({
  patient: head.id,
  organisation: head.organisation,
  sender,
  senderName: names.get(sender) ?? null,
  receivedAt: receivedAtOf(version),
  message,
  segment: place,
  ...demographicsOf(fields),
})

/**
 * Who the patient is, over all source patients.
 *
 * @param heads  of one person; at least one
 */
export const personOf = (heads: readonly PatientHead[], names: Names): Person => {
  const { fields, bySender, mismatches } = personDemographics(heads)
  return {
    ...demographicsOf(fields),
    said: bySender.map(({ head, details }) => saidOf(head, details, names)),
    mismatches,
  }
}

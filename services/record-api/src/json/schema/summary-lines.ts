import type { NoKnownAllergies } from '@tideway/schemas/documents/head'
import { DoubtWord } from './status-words.ts'
import { Type } from 'typebox'
import { computedFlag } from '../abnormal.ts'
import {
  clinicalTime,
  futureMark,
  list,
  object,
  optional,
  optionalInstant,
  optionalText,
  text,
  publicIdText,
  optionalPublicId,
} from './values.ts'

/** Whose statement a line is, and how current it is. */
const lineFields = {
  entry: publicIdText('Public id of the entry.'),
  organisation: text('ODS code of the organisation whose patient record it belongs to.'),
  organisationName: optionalText('Its name.'),
  patient: publicIdText('Public id of the source patient; `sources` says how fresh its data is.'),
  lastReceivedAt: optionalInstant(
    'When the newest message about this source patient was received.',
  ),
  behind: Type.Boolean({
    description: 'True if events of this source patient are held: the line may be out of date.',
  }),
  at: clinicalTime('Clinical time, as sent.'),
  inFuture: futureMark(
    'The clinical time lies after every message about it, so it cannot be right or is planned; the line is sorted by the newest message.',
  ),
}

const status = {
  status: text('As in the entry.'),
  statusAsSent: optionalText('The code of the status as sent; absent if none was.'),
}

export const StatementLine = object(
  'StatementLine',
  'A current fact in one line; its entry has the rest.',
  {
    ...lineFields,
    text: text('In words, as sent; long text is cut and ends in an ellipsis.'),
    ...status,
  },
)

const noKnownKinds = [
  ...['any', 'drug', 'food', 'environment', 'animal', 'insect', 'latex', 'no-information'],
] as NoKnownAllergies[]

/** Of what a statement says that no allergies are known. */
export const noKnownKind = Type.Optional(
  Type.Enum(noKnownKinds, {
    description:
      'Of what no allergies are known; `no-information`: nobody knows whether there are any. Absent of an allergy.',
  }),
)

export const contradictedMark = Type.Optional(
  Type.Literal(true, {
    description:
      'An allergy beside a statement that none of its kind are known, or that statement, whichever was said later; or an allergy whose own code says that none are known.',
  }),
)

export const contradictedEndMark = Type.Optional(
  Type.Literal(true, {
    description: 'A condition sent as ongoing and with the time it was over; both are shown.',
  }),
)

export const AllergyLine = object(
  'AllergyLine',
  'A current allergy in one line with severity and reactions, or the statement that none are known, with who said so and when.',
  {
    ...lineFields,
    text: text('In words; long text is cut and ends in an ellipsis.'),
    ...status,
    noKnown: noKnownKind,
    contradicted: contradictedMark,
  },
)

export const ProblemLine = object(
  'ProblemLine',
  'A problem, or a diagnosis of a visit, in one line.',
  {
    ...lineFields,
    text: text('In words, as sent; long text is cut and ends in an ellipsis.'),
    ...status,
    encounter: optionalPublicId(
      'Public id of the encounter, of a diagnosis of a visit that goes on.',
    ),
  },
)

export const doNotPerformMark = Type.Optional(
  Type.Literal(true, {
    description: 'An order NOT to give or do it; the status is that of that order.',
  }),
)

export const MedicineLine = object(
  'MedicineLine',
  'A prescribed medicine, or one dispensed in the last 90 days, in one line.',
  {
    ...lineFields,
    text: text(
      'In words, as sent; of a dispense it ends with its day, e.g. "dispensed 27-Nov-2026".',
    ),
    ...status,
    dispensed: Type.Optional(
      Type.Literal(true, {
        description: 'Dispensed, and no prescription of that order among the lines.',
      }),
    ),
    doNotPerform: doNotPerformMark,
  },
)

export const ReportLine = object('ReportLine', 'One of the newest reports.', {
  ...lineFields,
  name: optionalText('Service requested.'),
  ...status,
  measured: optionalText(
    'Body site (of the values, else of the specimen), method and device that all its observations have in common; long text is cut.',
  ),
  abnormal: list(
    object('AbnormalValue', 'An abnormal value.', {
      name: optionalText('Name of the test.'),
      value: optionalText('As sent.'),
      unit: optionalText('As sent.'),
      flag: text('HL7 table 0078; a flag that is in no table, as sent.'),
      computed: computedFlag,
      bodySite: optionalText(
        'Where it was measured, if the observations of the report differ in it.',
      ),
    }),
    'At most two, critical ones first; long text is cut.',
  ),
  moreCritical: optional(Type.Integer(), 'Critical values not listed; absent if none.'),
  moreAbnormal: optional(Type.Integer(), 'Other abnormal values not listed; absent if none.'),
  notCurrent: optional(
    Type.Integer(),
    'Results that are not confirmed or not in the latest version of the report; absent if none.',
  ),
  retracted: optional(Type.Integer(), 'Results that were cancelled or withdrawn; absent if none.'),
  inDoubt: optional(
    DoubtWord,
    'A later message that names no specimen may withdraw or change this report or another; absent if none may.',
  ),
})

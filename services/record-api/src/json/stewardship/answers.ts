import { Type } from 'typebox'
import { workItemKinds } from '@tideway/schemas/documents/identity'
import {
  instant,
  list,
  object,
  optional,
  optionalText,
  publicIdText,
  text,
} from '../schema/values.ts'

const patientFields = {
  organisation: text('ODS code.'),
  identifier: text("The organisation's own number for the patient."),
  generation: optional(
    Type.Integer({ minimum: 2 }),
    'As which person the patient has the number; absent of the first.',
  ),
}
const NumberedPatient = object('NumberedPatient', 'A source patient.', patientFields)

const Member = object('PersonMember', 'A source patient in a person, and what holds it there.', {
  ...patientFields,
  since: instant('Since when.'),
  by: text('Who linked it: a steward, the message of a sender, or `tideway`.'),
  rule: text('Name of the rule, or `founder`.'),
  score: optional(Type.Number(), 'Score of the match in bits, of an automatic link.'),
})

const IdentifiedPerson = object('IdentifiedPerson', 'Source patients held to be one person.', {
  id: publicIdText('Id of the person; it stays whatever joins later.'),
  members: list(Member),
})

export const PersonAnswer = object('PersonAnswer', 'The person of a source patient.', {
  person: IdentifiedPerson,
})

export const DecisionAnswer = object('DecisionAnswer', 'What a decision led to.', {
  decision: text('Id of the decision.'),
  effective: Type.Boolean({
    description:
      'True if the persons follow from it. False: it is durable, and will be in force shortly.',
  }),
  persons: list(IdentifiedPerson, 'The persons of the patients it is about, as they are now.'),
})

const ItemName = object('WorkItemName', 'A name as sent.', {
  family: optionalText('Family name.'),
  given: list(Type.String()),
})

const Side = object('WorkItemSide', 'What is known of one side.', {
  patient: NumberedPatient,
  stated: optional(
    Type.Literal(true),
    'It is what messages in conflict say under the number, not what is known of the patient.',
  ),
  source: optionalText('ODS code of the sender of those messages.'),
  nhsNumber: optionalText('NHS number.'),
  nhsNumberStatus: optionalText('Verification status as sent; 01 is verified.'),
  names: list(ItemName),
  birthDate: optionalText('As sent.'),
  sex: optionalText('male, female, other or unknown.'),
  postcodes: list(Type.String()),
  phones: list(Type.String()),
  gpPractice: optionalText('Code of the practice.'),
})

const Past = object('IdentityPast', 'What a steward decided before about one of the patients.', {
  decision: text('What was decided.'),
  by: text('Who decided.'),
  at: instant('When.'),
  reason: text('Why.'),
})

const FieldScore = object('FieldScore', 'Weight of one compared field.', {
  field: text('Name of the field.'),
  score: Type.Number({ description: 'Bits; negative speaks against.' }),
})

export const WorkItemAnswer = object('IdentityWorkItem', 'A question for a steward.', {
  id: publicIdText('Id of the item.'),
  kind: Type.Enum([...workItemKinds], { description: 'What it is about.' }),
  patients: list(NumberedPatient),
  since: instant('When it was found.'),
  rule: text('Name of the rule that found it; of a conflict, the fields that contradict.'),
  score: optional(Type.Number(), 'Score of the match in bits.'),
  fields: list(FieldScore),
  sides: list(Side),
  history: list(Past),
})

export const WorkItems = object('IdentityWorkItems', 'Open work items, the oldest first.', {
  items: list(WorkItemAnswer),
  more: optionalText('Cursor of the next page; absent on the last.'),
})

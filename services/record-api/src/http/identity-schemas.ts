import { Type } from 'typebox'
import { conflictDecisions } from '../identity/stewardship.ts'
import { object } from '../json/schema/values.ts'

const number = {
  organisation: Type.String({ format: 'ods-code', description: 'ODS code.' }),
  identifier: Type.String({
    maxLength: 64,
    pattern: '\\S',
    description: "The organisation's own number for the patient, exactly.",
  }),
  generation: Type.Optional(
    Type.Integer({
      minimum: 2,
      maximum: 999,
      description: 'As which person the patient has the number; left out for the first.',
    }),
  ),
}
const Named = object('NamedPatient', 'A source patient, by its number.', number)
const reason = Type.String({
  minLength: 1,
  maxLength: 1_000,
  pattern: '\\S',
  description: 'Why, for whoever reads the decision later.',
})

const one = { organisation: 'RJZ', identifier: '1234567' }
const other = { organisation: 'RJ1', identifier: '7654321' }
const why = 'Called the patient'

export const NumberBody = Type.Object(number, { examples: [one] })

export const PairBody = Type.Object(
  { a: Named, b: Named, reason },
  { examples: [{ a: one, b: other, reason: why }] },
)

export const UnlinkBody = Type.Object(
  { patient: Named, reason },
  { examples: [{ patient: one, reason: why }] },
)

export const SplitBody = Type.Object(
  {
    patient: Named,
    from: Type.String({
      format: 'filter-time',
      description: 'Messages made from then on are about the other person.',
    }),
    reason,
  },
  { examples: [{ patient: one, from: '2026-11-22T09:30:00Z', reason: why }] },
)

export const ResolveBody = Type.Object(
  {
    workItem: Type.String({ maxLength: 64, description: 'Id of the work item.' }),
    decision: Type.Enum(conflictDecisions, {
      description:
        'same-person: a correction, apply the messages. other-person: the number was given to somebody else. wrong-message: withdraw the messages.',
    }),
    reason,
  },
  {
    examples: [
      {
        workItem: '4Xm3nV0qk2m0o3cS8m1bYw',
        decision: 'same-person',
        reason: 'Corrected by the ward',
      },
    ],
  },
)

export const ItemsQuery = Type.Object({
  after: Type.Optional(
    Type.String({ format: 'item-cursor', description: 'Cursor, from `more` of a page.' }),
  ),
})

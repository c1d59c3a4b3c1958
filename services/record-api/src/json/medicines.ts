import type { Static } from 'typebox'
import type { StatementJson } from './statement.ts'
import { clinicalTime, list, object, orNull, text, textOrNull } from './values.ts'

const Fact = object('MedicineFact', 'One of the facts; the whole is in its entry.', {
  entry: text('Public id of the entry.'),
  status: text('As in the entry.'),
  at: clinicalTime('When it was prescribed, dispensed or given.'),
  line: textOrNull('What, in one line.'),
})
type Fact = Static<typeof Fact>

const Medicine = object(
  'Medicine',
  'A medicine in one line, and the three facts behind it: prescribed, dispensed, given. Facts are put together by the number of the order and by nothing else.',
  {
    organisation: text('ODS code of the organisation whose patient record it belongs to.'),
    patient: text('Public id of the source patient.'),
    order: textOrNull('Business key of the order; null of a fact that names none.'),
    line: text(
      'To read: what, and then of each fact that is known its status and when; of several the newest, and how many. What was entered in error is said only where nothing else is known.',
    ),
    prescribed: orNull(Fact, 'Null if the order is not in this answer.'),
    dispensed: list(Fact, 'Newest first.'),
    given: list(Fact, 'Newest first; also what was refused or not given.'),
  },
)
export type Medicine = Static<typeof Medicine>

export const MedicineList = list(
  Medicine,
  'Orders, then what was dispensed and given of no order in this answer, each newest first; made of `prescriptions`, `dispenses` and `administrations` of this answer: where `more` of those is not null there may be more facts.',
)

type Section = readonly StatementJson[]

const times = {
  prescription: ['prescribedAt', 'startAt', 'effectiveAt'],
  dispense: ['dispensedAt'],
  administration: ['givenAt', 'recordedAt'],
} as const

const timeOf = ({ kind, said }: StatementJson): string | null => {
  const names: readonly string[] = times[kind as keyof typeof times] ?? []
  return (
    names.map((name) => said[name]).find((time): time is string => typeof time === 'string') ?? null
  )
}

const factOf = (statement: StatementJson): Fact => ({
  entry: statement.id,
  status: statement.status,
  at: timeOf(statement),
  line: statement.line,
})

/** Those that stand; what was entered in error only where there is nothing else. */
const standing = <F extends { status: string }>(facts: readonly F[]): readonly F[] => {
  const some = facts.filter(({ status }) => status !== 'entered-in-error')
  return some.length === 0 ? facts : some
}

const words = (what: string, facts: readonly Fact[]): string[] => {
  const [newest, ...more] = standing(facts)
  if (newest === undefined) return []
  const when = newest.at === null ? '' : ` ${newest.at}`
  return [`${what} ${newest.status}${when}${more.length > 0 ? ` (${more.length + 1} in all)` : ''}`]
}

const medicineOf = (facts: Section): Medicine[] => {
  const of = (kind: StatementJson['kind']) => facts.filter((fact) => fact.kind === kind).map(factOf)
  const [prescribed, dispensed, given] = [of('prescription'), of('dispense'), of('administration')]
  const name =
    standing([...prescribed, ...dispensed, ...given].filter(({ line }) => line !== null))[0]
      ?.line ?? null
  const [first] = facts
  if (first === undefined || name === null) return []
  const line = [
    name,
    ...words('PRESCRIBED', prescribed),
    ...words('DISPENSED', dispensed),
    ...words('GIVEN', given),
  ].join('; ')
  return [
    {
      organisation: first.organisation,
      patient: first.patient,
      order: orderOf(first),
      line,
      prescribed: prescribed[0] ?? null,
      dispensed,
      given,
    },
  ]
}

/** A give that is scheduled is a plan, not a fact of its own. */
const isPlan = ({ kind, said }: StatementJson) => kind === 'prescription' && said['kind'] === 'give'

const orderOf = ({ kind, key, said }: StatementJson): string | null =>
  kind === 'prescription' ? key : ((said['prescriptionId'] as string | null) ?? null)

/**
 * What was prescribed, dispensed and given, each order one line. A fact without an order stands
 * alone; what says no medicine has no line here.
 */
export const medicinesOf = (
  prescriptions: Section,
  dispenses: Section,
  administrations: Section,
): Medicine[] => {
  const facts = [...prescriptions.filter((one) => !isPlan(one)), ...dispenses, ...administrations]
  const groups = Map.groupBy(facts, (fact) =>
    JSON.stringify([fact.patient, orderOf(fact) ?? fact.id, orderOf(fact) === null]),
  )
  return [...groups.values()].flatMap(medicineOf)
}

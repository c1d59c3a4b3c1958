import type { Entry, Statement } from '@tideway/schemas/documents/entry'
import type { StatementKind, StatementStatus } from '@tideway/schemas/documents/statement'
import { madeBefore } from '../../entries/believed-time.ts'
import { statusAsSentOf } from '../line.ts'
import { withHoursTold } from './medicine-times.ts'
import { isWithdrawn } from '../../withdrawal/is-withdrawn.ts'
import {
  isProposed,
  type MedicineFacts,
  medicineLine,
  isSameProduct,
  productOf,
} from './medicine-line.ts'
import { shownFields } from '../shown-fields.ts'

/** One prescription, dispense or administration. */
export type MedicineFact = {
  entry: Entry
  status: StatementStatus
  /** The code of the status as sent. */
  statusAsSent: string | null
  /** When it was prescribed, dispensed or given, as sent. */
  at: string | null
  /** `at` lies after every message about it. */
  inFuture: boolean
  /** The medicine in one line. */
  line: string | null
  /** What of it the medicine is, without dose and words; null if it is only in those. */
  product: string | null
  /** A prescription NOT to give it. */
  doNotPerform: boolean
  /** Of what is prescribed: only proposed, or one of several to choose from. */
  isProposed: boolean
}

/** What is known of one order of a medicine; each list newest first. */
export type MedicineOrder = {
  patient: string
  /** Business key of the order; null of a fact that names none. */
  order: string | null
  /** The medicine, then status and time of the newest prescription, dispense and administration. */
  line: string
  prescribed: MedicineFact | null
  dispensed: MedicineFact[]
  given: MedicineFact[]
}

type Known = { entry: Entry; data: Statement; fields: Readonly<Record<string, unknown>> }
const medicineKinds: ReadonlySet<string> = new Set<StatementKind>([
  'prescription',
  'dispense',
  'administration',
])
/** The medicine of a statement in one line; null if it is about none, or names none. */
export const medicineLineOf = (data: Statement): string | null =>
  medicineKinds.has(data.kind) ? medicineLine(shownFields(data) as unknown as MedicineFacts) : null
const timeFields: Readonly<Record<string, readonly string[]>> = {
  prescription: ['prescribedAt', 'startAt', 'effectiveAt'],
  dispense: ['dispensedAt', 'statusAt'],
  administration: ['givenAt', 'recordedAt', 'statusAt'],
}

const factOf = ({ entry, data, fields }: Known): MedicineFact => {
  const at =
    (timeFields[data.kind] ?? [])
      .map((name) => fields[name])
      .find((time): time is string => typeof time === 'string') ?? null
  return {
    entry,
    status: data.status,
    statusAsSent: statusAsSentOf(data),
    at,
    inFuture: madeBefore(data.kind, at, entry.origins) !== null,
    line: medicineLineOf(data),
    product: productOf(fields as unknown as MedicineFacts),
    doNotPerform: fields['doNotPerform'] === true,
    isProposed: data.kind === 'prescription' && isProposed(fields['intent']),
  }
}

/** Facts that stand; those entered in error only where there is nothing else. */
const standing = (facts: readonly MedicineFact[]): readonly MedicineFact[] => {
  const valid = facts.filter(({ entry }) => !isWithdrawn(entry.data as Statement))
  return valid.length === 0 ? facts : valid
}
/** `, also of Folic acid`: facts of one order need not be of one product, as of a kit. */
const otherProducts = (newest: MedicineFact, more: readonly MedicineFact[]): string => {
  const named = [newest, ...more].flatMap(({ product, line }) => product ?? line ?? [])
  const [, ...others] = new Set(named)
  return others.length === 0 ? '' : `, also of ${others.join(' and ')}`
}

/** `, as Folic acid,`: another product than the line begins with. */
const asOther = ({ product }: MedicineFact, named: string | null): string =>
  product === null || named === null || isSameProduct(product, named) ? '' : `, as ${product},`

const phrase = (
  action: string,
  facts: readonly MedicineFact[],
  product: string | null,
): string[] => {
  const [newest, ...more] = standing(facts)
  if (newest === undefined) return []
  const future = newest.inFuture ? ' (in the future)' : ''
  const when = newest.at === null ? '' : ` ${newest.at}${future}`
  const count = more.length > 0 ? ` (${more.length + 1} in all${otherProducts(newest, more)})` : ''
  const asked = newest.isProposed ? 'PROPOSED, not prescribed,' : action
  const act = newest.doNotPerform ? `NOT TO BE GIVEN, order` : asked
  return [`${act}${asOther(newest, product)} ${newest.status}${when}${count}`]
}

const orderKeyOf = ({ data, fields }: Known): string | null =>
  data.kind === 'prescription'
    ? data.key
    : ((fields['prescriptionId'] as string | null | undefined) ?? null)

const medicineOf = (known: readonly Known[]): MedicineOrder[] => {
  const [first] = known
  const of = (kind: StatementKind) =>
    withHoursTold(known.filter(({ data }) => data.kind === kind).map(factOf))
  const [prescribed, dispensed, given] = [of('prescription'), of('dispense'), of('administration')]
  const named = [...prescribed, ...dispensed, ...given].filter(({ line }) => line !== null)
  const { line: name = null, product = null } = standing(named)[0] ?? {}
  if (first === undefined || name === null) return []
  const line = [
    name,
    ...phrase('PRESCRIBED', prescribed, null),
    ...phrase('DISPENSED', dispensed, product),
    ...phrase('GIVEN', given, product),
  ].join('; ')
  return [
    {
      patient: first.entry.patient,
      order: orderKeyOf(first),
      line,
      prescribed: prescribed[0] ?? null,
      dispensed,
      given,
    },
  ]
}

/** A scheduled give (RXG) is part of a prescription's plan, not a fact of its own. */
const isPlannedGive = ({ data, fields }: Known) =>
  data.kind === 'prescription' && fields['kind'] === 'give'

/**
 * What was prescribed, dispensed and given, one line an order. Facts are joined by the order's
 * business key within a source patient and by nothing else: a fact without an order stands alone.
 * One that names no medicine has no line.
 *
 * @param entries  prescriptions, then dispenses, then administrations, each newest first
 */
export const medicinesByOrder = (entries: readonly Entry[]): MedicineOrder[] => {
  const known = entries
    .map((entry): Known => {
      const data = entry.data as Statement
      return { entry, data, fields: shownFields(data) as unknown as Known['fields'] }
    })
    .filter((one) => !isPlannedGive(one))
  const orders = Map.groupBy(known, (one) => {
    const order = orderKeyOf(one)
    return JSON.stringify([one.entry.patient, order ?? one.entry._id, order === null])
  })
  return [...orders.values()].flatMap(medicineOf)
}

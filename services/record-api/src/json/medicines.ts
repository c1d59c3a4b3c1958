import { type MedicineFact, medicinesByOrder } from '@tideway/record/summary/medicines/medicines'
import type { Entry } from '@tideway/schemas/documents/entry'
import { publicId } from '@tideway/schemas/public-id'
import type { Static } from 'typebox'
import type { Presented } from './schema/answer.ts'
import { organisationOf } from './entry.ts'
import { doNotPerformMark } from './schema/summary-lines.ts'
import {
  clinicalTime,
  futureMark,
  list,
  object,
  optional,
  text,
  optionalText,
  publicIdText,
} from './schema/values.ts'

const Fact = object('MedicineFact', 'A prescription, dispense or administration, in short.', {
  entry: publicIdText('Public id of the entry.'),
  status: text('As in the entry.'),
  statusAsSent: optionalText('The code of the status as sent; absent if none was.'),
  at: clinicalTime('When it was prescribed, dispensed or given.'),
  inFuture: futureMark('`at` lies after every message about it.'),
  line: optionalText('The medicine in one line.'),
  doNotPerform: doNotPerformMark,
})
type Fact = Presented<Static<typeof Fact>>

const MedicineAnswer = object(
  'Medicine',
  'A medicine in one line with its prescription, dispenses and administrations, matched by order number only.',
  {
    organisation: text('ODS code of the organisation whose patient record it belongs to.'),
    patient: publicIdText('Public id of the source patient.'),
    order: optionalText('Business key of the order; absent if none was sent.'),
    line: text(
      'For display: the medicine, then the status and time of the newest prescription, dispense and administration, and how many there are. Facts entered in error are named only if there are no others.',
    ),
    prescribed: optional(Fact, 'Absent if the order is not in this answer.'),
    dispensed: list(Fact, 'Newest first.'),
    given: list(Fact, 'Newest first; includes refused and omitted doses.'),
  },
)
export type MedicineAnswer = Static<typeof MedicineAnswer>

export const MedicineList = list(
  MedicineAnswer,
  'Orders, then dispenses and administrations without an order in this answer, each newest first. Made from `prescriptions`, `dispenses` and `administrations` of this answer; if `more` has one of these, there may be others.',
)

const factOf = ({
  entry,
  status,
  statusAsSent,
  at,
  inFuture,
  line,
  doNotPerform,
}: MedicineFact): Fact => ({
  entry: entry.id,
  status,
  statusAsSent,
  at,
  inFuture: inFuture ? (true as const) : null,
  line,
  doNotPerform: doNotPerform ? (true as const) : null,
})

/** What was prescribed, dispensed and given, each order one line. */
export const medicinesOf = (
  prescriptions: readonly Entry[],
  dispenses: readonly Entry[],
  administrations: readonly Entry[],
): Presented<MedicineAnswer>[] =>
  medicinesByOrder([...prescriptions, ...dispenses, ...administrations]).map(
    ({ patient, order, line, prescribed, dispensed, given }) => ({
      organisation: organisationOf(patient),
      patient: publicId(patient),
      order,
      line,
      prescribed: prescribed && factOf(prescribed),
      dispensed: dispensed.map(factOf),
      given: given.map(factOf),
    }),
  )

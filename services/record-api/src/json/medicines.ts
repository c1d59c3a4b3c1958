import { type MedicineFact, medicinesByOrder } from '@tideway/record/summary/medicines'
import type { Entry } from '@tideway/schemas/documents/entry'
import { publicId } from '@tideway/schemas/public-id'
import type { Static } from 'typebox'
import { organisationOf } from './entry.ts'
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

const factOf = ({ entry, status, at, line }: MedicineFact): Fact => ({
  entry: entry.id,
  status,
  at,
  line,
})

/** What was prescribed, dispensed and given, each order one line. */
export const medicinesOf = (
  prescriptions: readonly Entry[],
  dispenses: readonly Entry[],
  administrations: readonly Entry[],
): Medicine[] =>
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

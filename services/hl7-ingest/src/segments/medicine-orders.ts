import type { Context, Happening } from '../mapping.ts'
import { type Segment, text } from '../parse.ts'
import { dispensedOf } from './dispensed.ts'
import { givenOf } from './given.ts'
import type { OrderPart } from './order-groups.ts'
import type { OrderOf } from './order-of.ts'
import { type PrescriptionKind, prescribed, stateOf } from './prescription.ts'
import { readRxe } from './rxe.ts'
import { readRxg } from './rxg.ts'
import { readRxo } from './rxo.ts'

const fulfils = new Set(['RXD', 'RXG', 'RXA'])

/** What the pharmacy made of an order wins over what was asked for, and neither is news in a message that tells of a dispense or a dose. */
const kindOf = (part: OrderPart, details: readonly OrderPart[]): PrescriptionKind => {
  const names = details.map(({ segment }) => segment.name)
  if (names.some((name) => fulfils.has(name))) return 'repeated'
  return part.segment.name === 'RXO' && names.includes('RXE') ? 'repeated' : 'prescription'
}

/** The RXR of a run of RXA stands after the last of them. HL7 v2.5.1 chapter 4.13.15, RAS_O17. */
const routesAfter = (details: readonly OrderPart[], at: number): readonly Segment[] => {
  const [part, ...following] = details.slice(at).filter(({ segment }) => segment.name === 'RXA')
  return part === undefined || part.routes.length > 0 ? (part?.routes ?? []) : (following.find(({ routes }) => routes.length > 0)?.routes ?? [])
}

const happeningOf = (part: OrderPart, at: number, of: OrderOf, context: Context): Happening => {
  const { details } = of.group
  const { segment } = part
  const kind = kindOf(part, details)
  if (segment.name === 'RXO') return prescribed({ kind, part, medicine: readRxo(segment), timingField: null, id: of.key }, of, context)
  if (segment.name === 'RXE') return prescribed({ kind, part, medicine: readRxe(segment, context), timingField: 1, id: of.key }, of, context)
  if (segment.name === 'RXG') return prescribed({ kind: 'give', part, medicine: readRxg(segment, context), timingField: 3, id: `${of.key}|give ${text(segment, 1) ?? at}` }, of, context)
  return segment.name === 'RXD' ? dispensedOf(part, of, context) : givenOf(part, routesAfter(details, at), of, context)
}

const medicines = new Set(['RXO', 'RXE', 'RXD', 'RXG', 'RXA'])

/** Everything one order says of a medicine: one event a segment. */
export const medicineEvents = (of: OrderOf, context: Context): Happening[] =>
  of.group.details.flatMap((part, at) => (medicines.has(part.segment.name) ? [happeningOf(part, at, of, context)] : []))

/** An order of which only the state is told: ORC alone. */
export const stateOfMedicine = (of: OrderOf): Happening => stateOf((of.group.orc as OrderPart).segment, 'prescription', of)

export const tellsOfMedicine = ({ group }: OrderOf): boolean => group.details.some(({ segment }) => medicines.has(segment.name))

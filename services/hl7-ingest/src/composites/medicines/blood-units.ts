import { text } from '@tideway/hl7v2/lexer/fields'
import { leavePart } from '@tideway/hl7v2/lexer/unused-parts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { type Coded, unsaid } from '@tideway/schemas/events.generated'
import { keyPart } from '@tideway/schemas/key-part'
import { readCoded } from '../../datatypes/ce.ts'
import { readNumberAlone } from '../../datatypes/ei.ts'
import { readOrganisation } from '../../datatypes/xon.ts'
import { codeKey, statementKey } from '../../keys/business-key.ts'
import type { Context } from '../../normalise/mapping.ts'
import type { KeyedOrder } from '../orders/order-of.ts'

/** What identifies a unit: its number in the sending system, else the donation, else the lot. */
type Unit = {
  productNumber: string | null
  unitNumber: string | null
  lot: string | null
  product: Coded | null
}

/** Fields of a unit in BPX and BTX. */
type UnitFields = {
  donation: number
  component: number
  commercial: number
  manufacturer: number
  lot: number
  unique: number
}

/** A unit, and what the event of a dispense or a transfusion says of it. */
export const readUnit = (segment: Segment, at: UnitFields) => {
  const unit: Unit = {
    productNumber: readNumberAlone(segment, at.unique),
    unitNumber: readNumberAlone(segment, at.donation),
    lot: readNumberAlone(segment, at.lot),
    product: readCoded(segment, at.component) ?? readCoded(segment, at.commercial),
  }
  const said = {
    medication: unit.product,
    unitNumber: unit.unitNumber,
    productNumber: unit.productNumber,
    lots: unit.lot === null ? [] : [unit.lot],
    manufacturer: readMaker(segment, at.manufacturer),
  }
  return { unit, said }
}

/** A maker is a code in the event; its type and those of its number and authority are left. */
const readMaker = (segment: Segment, field: number): Coded | null => {
  const maker = readOrganisation(segment, field)
  if (maker === null) return null
  if (maker.type !== null) leavePart(segment, `${field}.2`)
  if (maker.authorityId !== null) leavePart(segment, `${field}.6.2`)
  if (maker.identifierType !== null) leavePart(segment, `${field}.7`)
  return {
    ...unsaid.Coded(),
    code: maker.identifier,
    text: maker.name,
    system: maker.authority,
  }
}

/**
 * Business key of a unit. Its number counts within the order, as numbers are used again; without
 * an order number it stands alone. A lot is of many units: like a unit without a number it is told
 * from others by time and place under the order, so that two vials never become one.
 *
 * @param at  when it was given, else when its status changed
 */
export const unitKey = (
  unit: Unit,
  segment: Segment,
  at: string | null,
  of: KeyedOrder,
  context: Context,
): string => {
  const product = codeKey(unit.product)
  const number = unit.productNumber ?? unit.unitNumber
  if (number === null) {
    const name = `${keyPart(unit.lot ?? '', '^')}^${product}`
    return `${of.key}|${name}.${keyPart(text(segment, 1) ?? '', '.@')}@${at ?? ''}`
  }
  const rest = unit.productNumber === null ? `^${keyPart(product, '@')}` : ''
  return of.isNumbered
    ? `${of.key}|${keyPart(number, '^')}${rest}`
    : `${statementKey(of.patientKey, context, { number, authority: null }, [])}${rest}`
}

import { componentsOf } from '@tideway/hl7v2/lexer/fields'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { codedOf } from '../../datatypes/ce.ts'
import type { OrderGroup, OrderPart } from '../../groups/order-groups.ts'

/** Fields of the service in each detail segment, the preferred first. */
const serviceFields: ReadonlyMap<string, readonly number[]> = new Map([
  ['OBR', [4]],
  ['RQD', [3, 2, 4]],
  ['ODS', [3]],
  ['RXO', [1]],
  ['RXE', [2]],
  ['RXD', [2]],
  ['RXG', [4]],
  ['RXA', [5]],
  ['BPO', [2]],
  ['BPX', [6, 8]],
  ['BTX', [3, 5]],
])

/** Code, else text, of the service of a detail segment. */
export const serviceOf = (segment: Segment): string | null => {
  for (const field of serviceFields.get(segment.name) ?? []) {
    const coded = codedOf(
      segment.message,
      componentsOf(segment.message, segment.fields[field] ?? ''),
    )
    const name = coded?.code ?? coded?.text ?? coded?.alternateCode ?? coded?.alternateText ?? null
    if (name !== null) return name
  }
  return null
}

/** Code, else text, of what an order is for; the last detail segment that says so decides. */
export const serviceIn = (group: OrderGroup): string | null =>
  ordered(group)
    .map(({ segment }) => serviceOf(segment))
    .findLast((name) => name !== null) ?? null

/**
 * What the order is for: a blood product ordered (BPO) rather than the units of it, the first part
 * of a diet (ODS).
 */
const ordered = ({ details }: OrderGroup): readonly OrderPart[] => {
  const product = details.find(({ segment: { name } }) => name === 'BPO' || name === 'ODS')
  return product === undefined ? details : [product]
}

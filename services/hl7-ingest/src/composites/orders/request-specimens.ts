import { leaveFields } from '@tideway/hl7v2/lexer/fields'
import { leavePart } from '@tideway/hl7v2/lexer/unused-parts'
import type { Specimen } from '@tideway/schemas/events.generated'
import { optionalTime } from '../../datatypes/time-field.ts'
import { readPractitioners } from '../../datatypes/xcn.ts'
import type { OrderPart } from '../../groups/order-groups.ts'
import type { Context } from '../../normalise/mapping.ts'
import { readOrderedSpecimen, readSpecimens } from '../results/specimens.ts'
import type { KeyedOrder } from './order-of.ts'

/** Specimens of the OBR (OBR-15), those after it, and those the order is made of. */
export const specimensOf = (
  part: OrderPart | null,
  { group }: KeyedOrder,
  context: Context,
): Specimen[] => {
  if (part?.segment.name === 'BPO') return specimensOfProduct(part, context)
  if (part?.segment.name !== 'OBR') return []
  const { segment: obr, specimens, containers } = part
  const collectors = readPractitioners(obr, 10)
  const taken = {
    collectors,
    collectedAt: optionalTime(obr, 7, context),
    collectedUntil: optionalTime(obr, 8, context),
    receivedAt: optionalTime(obr, 14, context),
  }
  const leading = group.leading?.specimens ?? []
  const read = readSpecimens(
    {
      obr,
      specimens: [...leading, ...specimens],
      about: [...(group.leading?.containers ?? []), ...containers],
    },
    taken,
    context,
  )
  if (read.length === 0) leaveFields(obr, [8, 10, 14])
  else if (leading.length + specimens.length > 0) leaveFields(obr, [8, 14])
  if (collectors.length > 1) leavePart(obr, '10~')
  return read
}

/** Specimens that a blood product is matched with. */
const specimensOfProduct = (
  { segment, specimens, containers }: OrderPart,
  context: Context,
): Specimen[] =>
  specimens.length === 0
    ? []
    : readSpecimens({ obr: segment, specimens, about: containers }, takenUnknown, context)

const takenUnknown = { collectors: [], collectedAt: null, collectedUntil: null, receivedAt: null }

/** The specimen as the order describes it. */
export const orderedSpecimenOf = (
  part: OrderPart | null,
  { group }: KeyedOrder,
): Specimen | null =>
  part?.segment.name === 'OBR'
    ? readOrderedSpecimen(part.segment, [...(group.leading?.specimens ?? []), ...part.specimens])
    : null

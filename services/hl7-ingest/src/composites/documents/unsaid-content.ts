import { leaveFields } from '@tideway/hl7v2/lexer/fields'
import { placeOf, type Segment } from '@tideway/hl7v2/lexer/message'
import type { Coded, Observation } from '@tideway/schemas/events.generated'
import type { ObservationSegments } from '../../groups/result-groups.ts'

/** Fields of a part that a document has: type, name, content. */
const ofContent: ReadonlySet<number> = new Set([1, 2, 3, 5])

/**
 * Lists as unused what a document has no place for. Of a line or attachment only its content is in
 * it, its code if that is the kind or a section, and the status of the first; a time is if TXA has
 * none. A line joined to the one before has the same of both.
 *
 * @param content  the lines and attachments among the observations
 * @param said     codes that the document has
 */
export const leaveUnsaid = (
  segments: readonly ObservationSegments[],
  observations: readonly Observation[],
  content: readonly Observation[],
  said: readonly Coded[],
): void => {
  const byPlace = new Map(observations.map((one) => [one.place, one]))
  const contents = new Set(content)
  const codes = new Set(said.map((code) => JSON.stringify(code)))
  const first = content[0] ?? observations[0]
  for (const { obx } of segments) {
    const observation = byPlace.get(placeOf(obx))
    if (observation === undefined) leaveAllBut(obx, [11, 14])
    else if (contents.has(observation)) {
      leaveAllBut(obx, observation.statusAsSent === first?.statusAsSent ? [11] : [])
      if (!codes.has(JSON.stringify(observation.code))) leaveFields(obx, [3])
    } else if (observation.valueType === 'ED') leaveFields(obx, [5])
  }
}

const leaveAllBut = (obx: Segment, further: readonly number[]): void =>
  leaveFields(
    obx,
    obx.fields.flatMap((_, field) =>
      field === 0 || ofContent.has(field) || further.includes(field) ? [] : [field],
    ),
  )

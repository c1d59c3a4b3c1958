import type { EventBody } from '@tideway/schemas/events.generated'
import type { Hl7DraftEvent } from '../../normalise/mapping.ts'

/**
 * Numbers the doses and dispenses of one message with the same id: two must never become one. A
 * unit of blood with a number is one, however often it is in the message.
 */
export const numberRepeats = (drafts: readonly Hl7DraftEvent[]): Hl7DraftEvent[] => {
  const seen = new Map<string, number>()
  const next = (id: string): string => {
    const times = (seen.get(id) ?? 0) + 1
    seen.set(id, times)
    return times === 1 ? id : `${id}#${times}`
  }
  return drafts.map((one): Hl7DraftEvent => {
    const { body } = one
    if (isNumberedUnit(body)) return one
    if (body.type === 'MedicationGiven')
      return { ...one, body: { ...body, administrationId: next(body.administrationId) } }
    return body.type === 'MedicationDispensed'
      ? { ...one, body: { ...body, dispenseId: next(body.dispenseId) } }
      : one
  })
}

const isNumberedUnit = (body: EventBody): boolean =>
  (body.type === 'MedicationGiven' || body.type === 'MedicationDispensed') &&
  (body.unitNumber !== null || body.productNumber !== null)

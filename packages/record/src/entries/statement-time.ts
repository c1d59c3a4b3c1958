import type { Stated, Statement } from '@tideway/schemas/documents/entry'
import type { StatementKind } from '@tideway/schemas/documents/statement'

/** Fields that tell when a fact of each kind is about, the best first. */
const times: { [K in StatementKind]: readonly (keyof Stated<K>)[] } = {
  allergy: ['recordedAt', 'onsetAt'],
  condition: ['onsetAt', 'recordedAt', 'updatedAt'],
  procedure: ['performedAt', 'recordedAt'],
  contact: ['from'],
  'care-team-member': ['from'],
  alert: ['from'],
  request: ['requestedAt', 'scheduledAt', 'collectedAt', 'effectiveAt'],
  prescription: ['prescribedAt', 'startAt', 'effectiveAt'],
  dispense: ['dispensedAt', 'statusAt'],
  administration: ['givenAt', 'recordedAt', 'statusAt'],
  immunization: ['givenAt', 'recordedAt'],
  appointment: ['startAt', 'bookedAt'],
  resource: ['from', 'recordedAt'],
}

/** When it is about, by what is shown of it; null if nothing says so. */
export const statementTime = ({ kind, shown, reported }: Statement): string | null => {
  for (const field of times[kind])
    for (const index of shown) {
      const time = (reported[index] as unknown as Record<string, string | null>)[field]
      if (time != null) return time
    }
  return null
}

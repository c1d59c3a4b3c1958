import type { PatientEvent } from '@tideway/schemas/events.generated'
import type { Registry } from '@tideway/kafka/registry'

/**
 * Reads the bytes of a held event again: a newer release may understand them, or the registry know
 * their schema by now.
 *
 * @returns null if they are still no event
 */
export const heldReader =
  (registry: Registry) =>
  (record: Buffer): Promise<PatientEvent | null> =>
    registry.decode('patientEvents', record).catch((cause: unknown) => {
      if (cause instanceof RangeError) return null
      throw cause
    })

import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'
import { requiredGroups } from '../groups/patient-groups.ts'

/** Swap: two patients changed places, each is now where their own PV1-3 says. */
export default {
  handles: ['ADT^A17'],
  toEvents: (message, context) =>
    requiredGroups(message, 2).flatMap((group) =>
      readEncounterEvent('PatientTransferred', group, context),
    ),
} satisfies Mapping

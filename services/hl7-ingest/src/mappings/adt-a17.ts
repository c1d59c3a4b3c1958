import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'
import { requiredGroups } from '../groups/patient-groups.ts'

/** Swap: two patients exchanged beds; each is now at the PV1-3 of their own group. */
export default {
  handles: ['ADT^A17'],
  patients: 'all',
  toEvents: (message, context) =>
    requiredGroups(message, 2).flatMap((group) =>
      readEncounterEvent('PatientTransferred', group, context),
    ),
} satisfies Mapping

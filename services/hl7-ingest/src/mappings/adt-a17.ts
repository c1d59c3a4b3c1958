import type { Mapping } from '../mapping.ts'
import { readEncounterEvent } from '../segments/encounter.ts'
import { requiredGroups } from '../segments/patient-groups.ts'

/** Swap: two patients changed places, each is now where their own PV1-3 says. */
export default {
  handles: ['ADT^A17'],
  toEvents: (message, context) => requiredGroups(message, 2).flatMap((group) => readEncounterEvent('PatientTransferred', group, context)),
} satisfies Mapping

import type { Mapping } from '../normalise/mapping.ts'
import { readDetails } from '../composites/visit/encounter.ts'

/** Change of consulting doctor (PV1-9), as a detail of the visit. */
export default {
  handles: ['ADT^A61'],
  toEvents: (message, context) => readDetails(message, context),
} satisfies Mapping

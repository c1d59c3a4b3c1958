import type { Mapping } from '../normalise/mapping.ts'
import { readDetails } from '../composites/visit/encounter.ts'

/** Person added: who the patient is. One that was removed before lives again. */
export default {
  handles: ['ADT^A28'],
  toEvents: (message, context) => readDetails(message, context, true),
} satisfies Mapping

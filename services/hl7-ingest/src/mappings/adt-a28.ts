import type { Mapping } from '../normalise/mapping.ts'
import { readDetails } from '../composites/visit/encounter.ts'

/** Person added: demographics. A removed patient is restored. */
export default {
  handles: ['ADT^A28'],
  toEvents: (message, context) => readDetails(message, context, true),
} satisfies Mapping

import { draftEvent, type Mapping } from '../normalise/mapping.ts'
import { readWhen } from '../segments/evn.ts'
import { readLinkedPatients } from '../composites/identity/links.ts'

/** Unlink: two linked records belong to different people. Each gets an event about the other. */
export default {
  handles: ['ADT^A37'],
  patients: 'all',

  toEvents(message, context) {
    const at = readWhen(message, null, context)
    return readLinkedPatients(message, context, ({ key, pid, identifiers }, other) =>
      draftEvent(key, pid, {
        type: 'PatientsUnlinked',
        identifiers,
        otherIdentifiers: other.identifiers,
        otherKeys: [other.key],
        at,
      }),
    )
  },
} satisfies Mapping

import type { Origin } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { versionOf } from './version.ts'

/** Where a statement came from and how it ranks among others about the same thing. */
export const statedBy = (event: PatientEvent, place: string = event.place): Origin => ({
  message: event.messageId,
  place,
  version: versionOf(event.sentAt, event.receivedAt),
  source: event.source,
})

/** The organisation whose patient it is: `<ods>|<identifier>`. */
export const ownerOf = (patientKey: string): string => patientKey.slice(0, patientKey.indexOf('|'))

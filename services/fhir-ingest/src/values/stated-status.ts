import type { SentStatus } from '@tideway/record/status/status-table'
import type { Resource } from '../normalise/message.ts'

/**
 * The status of a resource. Where its sender has an extension in place of the code, such as a
 * reason why it is absent, the status is not known: it must not read as reported or done.
 *
 * @see FHIR R4, JSON representation of primitive elements, and data-absent-reason
 */
export const statedStatus = <Status extends string>(
  { sent }: Resource,
  read: SentStatus<Status>,
  element = 'status',
): SentStatus<Status> =>
  read.status === null && sent[`_${element}`] !== undefined ? { ...read, status: 'unknown' } : read

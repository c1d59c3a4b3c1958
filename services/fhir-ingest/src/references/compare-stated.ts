import type { ResourceKnown } from '@tideway/schemas/events.generated'

/** What a message states of a resource, under whatever names. */
export type StatedResource = Omit<ResourceKnown, 'names' | 'isUpdate' | 'from'>

/** Whether a resource had an entry with another patient than now. */
export const isMoved = (
  before: ResourceKnown | null,
  now: StatedResource,
): before is ResourceKnown =>
  before !== null &&
  before.event !== null &&
  before.patientKey !== null &&
  now.patientKey !== null &&
  before.patientKey !== now.patientKey

/** Whether a statement says nothing new. */
export const isTheSame = (before: ResourceKnown | null, now: StatedResource): boolean =>
  before !== null &&
  before.patientKey === now.patientKey &&
  before.key === now.key &&
  before.json === now.json &&
  before.base === now.base &&
  JSON.stringify(before.parts) === JSON.stringify(now.parts)

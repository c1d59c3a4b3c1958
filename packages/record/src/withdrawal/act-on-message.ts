import type { EventBody } from '@tideway/schemas/events.generated'

/** What an operator does about a message; it says nothing of the patient itself. */
export type ActOnMessage = Extract<
  EventBody,
  { type: 'MessageWithdrawn' | 'MessageRestored' | 'MessageReplayed' }
>

const acts: ReadonlySet<EventBody['type']> = new Set([
  'MessageWithdrawn',
  'MessageRestored',
  'MessageReplayed',
] satisfies ActOnMessage['type'][])

export const isActOnMessage = (body: EventBody): body is ActOnMessage => acts.has(body.type)

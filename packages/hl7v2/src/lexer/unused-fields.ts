import { type Hl7Message, notASegment } from './message.ts'
import { type Unread, unreadIn } from './unread-content.ts'

/**
 * Fields with a value that were not used, e.g. `PV1-21`, each once, in message order; then unused
 * parts of used fields, e.g. `PV1-7.10`. A line that is not a segment is `?`.
 */
export const unusedFields = (message: Hl7Message, unread = unreadIn(message)): string[] => {
  const found = new Set<string>()
  for (const one of unread)
    if (one.part === null || !found.has(fieldOf(one))) found.add(nameOf(one))
  return [...found]
}

const fieldOf = ({ segment: { name }, field }: Unread): string =>
  name === notASegment ? notASegment : `${name}-${field}`

const nameOf = (one: Unread): string =>
  one.part === null ? fieldOf(one) : `${one.segment.name}-${one.part}`

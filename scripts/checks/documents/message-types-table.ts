import { table } from './table.ts'

/**
 * The messages that have a mapping, by message type.
 *
 * @param types  message and trigger event, e.g. `ADT^A01`, or `ORU^*`
 */
export const messageTypesTable = (types: readonly string[]): string => {
  const byMessage = Map.groupBy(types, (type) => type.split('^')[0] as string)
  return table(
    ['Message (MSH-9.1)', 'Trigger events (MSH-9.2)'],
    [...byMessage]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([message, own]) => [
        message,
        own
          .map((type) => type.split('^')[1] ?? 'none sent')
          .map((trigger) => (trigger === '*' ? 'any other' : trigger))
          .sort()
          .join(', '),
      ]),
  )
}

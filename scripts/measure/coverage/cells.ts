import { componentsOf, subcomponentsOf } from '@tideway/hl7v2/lexer/fields'
import { type Hl7Message, notASegment, type Segment } from '@tideway/hl7v2/lexer/message'

/** One value of a message: the smallest part that separators delimit. */
export type Cell = {
  segment: Segment
  field: number
  /**
   * `PID-3` is the first component, `PID-3.4` the fourth, `PID-3.4.2` its second subcomponent; a
   * `~` marks later repetitions.
   */
  name: string
  /** Indexes of repetition, component and subcomponent, from 0. */
  at: readonly [number, number, number]
  value: string
}

const nameOf = (
  segment: Segment,
  field: number,
  [repetition, component, subcomponent]: Cell['at'],
): string => {
  const below =
    subcomponent > 0
      ? `.${component + 1}.${subcomponent + 1}`
      : component > 0
        ? `.${component + 1}`
        : ''
  return `${segment.name}-${field}${repetition > 0 ? '~' : ''}${below}`
}

const repetitionsOf = (message: Hl7Message, value: string): readonly string[] =>
  message.delimiters.repetition === '' ? [value] : value.split(message.delimiters.repetition)

const cellsOfField = (segment: Segment, field: number): Cell[] => {
  const { message } = segment
  return repetitionsOf(message, segment.fields[field] as string).flatMap((repetition, r) =>
    componentsOf(message, repetition).flatMap((component, c) =>
      subcomponentsOf(message, component).map(
        (value, s): Cell => ({
          segment,
          field,
          name: nameOf(segment, field, [r, c, s]),
          at: [r, c, s],
          value,
        }),
      ),
    ),
  )
}

/** Every value of a message in order, without the header and lines that are not segments. */
export const cellsOf = (message: Hl7Message): Cell[] =>
  message.segments
    .filter(({ name }) => name !== 'MSH' && name !== notASegment)
    .flatMap((segment) =>
      segment.fields.flatMap((value, field) =>
        field === 0 || value === '' || value === '""' ? [] : cellsOfField(segment, field),
      ),
    )
    .filter(({ value }) => value !== '' && value !== '""')

/**
 * The message as text with another value in one cell; unchanged if `cell` is null. UTF-8, segments
 * end with CR.
 */
export const rewrite = (
  { segments, delimiters: { field } }: Hl7Message,
  cell: Cell | null,
  value: string,
): Buffer => {
  const lines = segments.map((segment) => {
    const fields =
      segment === cell?.segment
        ? segment.fields.with(cell.field, fieldWith(cell, value))
        : segment.fields
    if (segment.name === notASegment) return fields.slice(1).join(field)
    return segment.name === 'MSH' ? `MSH${field}${fields.slice(2).join(field)}` : fields.join(field)
  })
  return Buffer.from(`${lines.join('\r')}\r`)
}

const fieldWith = ({ segment, field, at: [r, c, s] }: Cell, value: string): string => {
  const { message } = segment
  const { component, repetition, subcomponent } = message.delimiters
  const repetitions = repetitionsOf(message, segment.fields[field] as string)
  const components = componentsOf(message, repetitions[r] as string)
  const changed = subcomponentsOf(message, components[c]).with(s, value).join(subcomponent)
  return repetitions.with(r, components.with(c, changed).join(component)).join(repetition)
}

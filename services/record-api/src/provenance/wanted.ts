import type { Entry } from '@tideway/schemas/documents/entry'
import type { Path } from '@tideway/record/provenance/locate'
import { notShownIn } from '@tideway/record/entries/not-shown'
import {
  isWithdrawn,
  isWithdrawnObservation,
  withdrawalsIn,
} from '@tideway/record/withdrawal/is-withdrawn'
import { ApiError } from '../errors.ts'
import type { AnyEntry } from '../json/any-entry.ts'
import { beginsWith, fieldText, leavesBelow, valueAt } from './fields.ts'
import type { Wanted } from './source-message.ts'
import { type Trace, tracesOf } from './trace.ts'

/**
 * The values to locate, by the message each comes from. `withdrawn`: observations whose text is not
 * shown.
 */
export type TracedValues = { byMessage: ReadonlyMap<string, Wanted[]>; withdrawn: string[] }

/** Nothing of a withdrawn document can be opened. */
const isGone = ({ data }: Entry) => data.kind === 'document' && isWithdrawn(data)

const withdrawnIn = ({ data }: Entry): Path[] =>
  data.kind === 'report'
    ? data.observations.flatMap((observation, index) =>
        isWithdrawnObservation(observation) ? [['observations', index]] : [],
      )
    : []

/** The place of a fact is not part of the text, and would mark the whole segment. */
const isPlace = (path: Path) => path.at(-1) === 'place'

/** Earlier values are shown only if one is asked for. */
const isEarlier = (path: Path) => path.includes('earlier')

/** A code system is located by its name as sent; the URI beside it is derived from that name. */
const isSystemUri = (shown: AnyEntry, path: Path): boolean => {
  const last = path.at(-1)
  return (
    (last === 'system' || last === 'alternateSystem') &&
    valueAt(shown, [...path.slice(0, -1), `${last}AsSent`]) !== undefined
  )
}

/** The field of the event: a value as sent is a field of the answer only. */
const fieldOfEvent = (path: Path): Path => {
  const last = path.at(-1)
  return typeof last === 'string' && last.endsWith('AsSent')
    ? [...path.slice(0, -1), last.slice(0, -'AsSent'.length)]
    : path
}

const tracesFor = (field: Path, traces: readonly Trace[]): (Trace & { rest: Path })[] => {
  const found = nearestTraces(field, traces)
  return found.length > 0 ? found : nearestTraces(fieldOfEvent(field), traces)
}

const nearestTraces = (field: Path, traces: readonly Trace[]): (Trace & { rest: Path })[] => {
  const those = traces.filter(({ shown }) => beginsWith(field, shown))
  const nearest = Math.max(0, ...those.map(({ shown }) => shown.length))
  return those
    .filter(({ shown }) => shown.length === nearest)
    .map((trace) => ({ ...trace, rest: fieldOfEvent(field.slice(trace.shown.length)) }))
}

/**
 * What the entry does not show, by message. Where anything of the entry is withdrawn it is not
 * shown at its source either: it may be about the same.
 *
 * @throws ApiError WITHDRAWN if it is asked for
 */
const notShownOf = (entry: Entry, field: Path | null): { message: string; wanted: Wanted }[] => {
  if (field !== null && field[0] !== 'notShown') return []
  if (withdrawalsIn(entry).length === 0)
    return notShownIn(entry)
      .flatMap(({ message, places }) => places.map((place) => ({ message, place })))
      .map(({ message, place }, index) => ({
        message,
        wanted: { field: ['notShown', 'places', index], traces: [], place },
      }))
      .filter(({ wanted }) => field === null || beginsWith(wanted.field, field))
  if (field === null) return []
  throw new ApiError('WITHDRAWN')
}

/**
 * The values to locate: only those in this reader's answer, so that a withheld or withdrawn value
 * cannot be read through its source.
 *
 * @param shown  the entry as this reader is answered
 * @param field  null for every current value
 * @throws ApiError WITHDRAWN or NO_SUCH_FIELD
 */
export const askedOf = (entry: Entry, shown: AnyEntry, field: Path | null): TracedValues => {
  const withdrawn = withdrawnIn(entry)
  if (isGone(entry) || withdrawn.some((path) => field !== null && beginsWith(field, path)))
    throw new ApiError('WITHDRAWN')
  const fields = leavesBelow(valueAt(shown, field ?? []), field ?? []).filter(
    (path) =>
      !withdrawn.some((gone) => beginsWith(path, gone)) &&
      !isPlace(path) &&
      !(isSystemUri(shown, path) && path.length > (field?.length ?? 0)) &&
      (field !== null || !isEarlier(path)),
  )
  const traces = tracesOf(entry)
  const wanted = fields
    .map((path): Wanted => ({ field: path, traces: tracesFor(path, traces) }))
    .filter(({ traces: some }) => some.length > 0)
  const unused = notShownOf(entry, field)
  if (field !== null && wanted.length + unused.length === 0) throw new ApiError('NO_SUCH_FIELD')
  const byMessage = new Map<string, Wanted[]>()
  for (const one of wanted)
    for (const [message, those] of Map.groupBy(one.traces, (trace) => trace.message))
      byMessage.set(message, [
        ...(byMessage.get(message) ?? []),
        { field: one.field, traces: those },
      ])
  for (const { message, wanted: one } of unused)
    byMessage.set(message, [...(byMessage.get(message) ?? []), one])
  return { byMessage, withdrawn: withdrawn.map(fieldText) }
}

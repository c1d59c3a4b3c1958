import type { Reference } from '@medplum/fhirtypes'
import { type Observation, type ResourceKnown, unsaid } from '@tideway/schemas/events.generated'
import { refuseOthersFocus, requireSame } from '../keys/subject.ts'
import { type FhirMessage, type Resource, takeAll } from '../normalise/message.ts'
import { resolve, unresolved } from '../normalise/resolve.ts'
import { noCode } from '../values/coded.ts'
import { numbered, readObservations } from '../values/observation.ts'

/** An observation of a report, and the element of the report that refers to it. */
type Result = { found: Resource; at: string; known: ResourceKnown | null }

/** @property mayLack  the report was cancelled or entered in error */
type Reading = { report: Resource; mayLack: boolean; message: FhirMessage; seen: Set<Resource> }

/**
 * Observations of a report and their members, each once and in order. A missing observation cannot
 * be shown, and an incomplete report would be wrong; of a report that was cancelled or entered in
 * error no value stands, so it may lack them.
 *
 * @throws FhirError DANGLING_REFERENCE or UNRESOLVED_REFERENCE
 */
const resultsOf = (
  resource: Resource,
  element: string,
  within: string | null,
  reading: Reading,
): Result[] => {
  const { report, mayLack, message, seen } = reading
  return takeAll<Reference>(resource, element).flatMap((reference, index) => {
    const at = within ?? `${resource.place}.${element}[${index}]`
    const found = resolve(reference, resource, message)
    if (found === null && !mayLack)
      throw unresolved(reference, resource, `${at}.reference`, message)
    if (found?.type !== 'Observation' || seen.has(found)) return []
    seen.add(found)
    const known = message.outside.knownOf(found)
    if (known === null)
      message.partOf.set(found, (message.partOf.get(found) ?? new Set()).add(report))
    // Of one that was sent before its members may never have come.
    const rest = known === null ? reading : { ...reading, mayLack: true }
    const members = resultsOf(found, 'hasMember', known === null ? null : at, rest)
    return [{ found, at, known }, ...members]
  })
}

/** Sub-identifier in the key of a part: `SYS|BP|1` is part of a blood pressure. */
const subIdIn = ({ key, code, text }: ResourceKnown['parts'][number]): string | null =>
  key.slice((code ?? text ?? '').length + 1).replace(/\|\d+$/, '') || null

/**
 * An observation that was sent before: it stays the entry it is, and the report refers to it. Null
 * if it is not known by what, or is another patient's.
 */
const referredTo = (
  { key, patientKey, parts }: ResourceKnown,
  at: string,
  ofReport: string,
): Observation[] | null =>
  key === null || patientKey !== ofReport || parts.length === 0
    ? null
    : parts.map((part) => ({
        ...unsaid.Observation(),
        key: part.key,
        code: { ...noCode, code: part.code, text: part.text },
        subId: subIdIn(part),
        ownReportId: key,
        ownKey: part.key,
        byReference: true,
        place: at,
      }))

/** The observation without its own key, so that no standalone statement applies to it. */
const withoutOwn = (observation: Observation): Observation => ({
  ...observation,
  ownReportId: null,
  ownKey: null,
})

/**
 * Observations of a report entered in error are entered in error too, whatever their own statuses
 * say, also where they were or will be sent by themselves. Those it refers to follow the report.
 */
const withdrawnIf = (
  isEnteredInError: boolean,
  observations: readonly Observation[],
): Observation[] =>
  observations.map((one) =>
    !isEnteredInError || one.status === 'entered-in-error' || one.byReference === true
      ? one
      : { ...one, status: 'entered-in-error' },
  )

const ownOf = ([first]: readonly Observation[]): string | null => first?.ownReportId ?? null
const isListed = ([first]: readonly Observation[]): boolean => first?.byReference === true

/**
 * Each resource with its own name. An identifier that two of a message share identifies neither;
 * one that is in the message is not referred to besides.
 */
const distinctly = (read: readonly Observation[][]): Observation[] => {
  const sent = read.filter((all) => !isListed(all))
  const alike = Map.groupBy(sent, ownOf)
  const listed = new Map(read.filter(isListed).map((all) => [ownOf(all), all]))
  return numbered(
    read.flatMap((all) => {
      if (isListed(all)) return alike.has(ownOf(all)) || listed.get(ownOf(all)) !== all ? [] : all
      return ownOf(all) !== null && alike.get(ownOf(all))?.length !== 1 ? all.map(withoutOwn) : all
    }),
  )
}

/**
 * Observations of a report: those of its message, and references to those sent before.
 *
 * @param retracted  how the report was retracted; null if it stands
 * @returns `isWhole`: every result is among them
 * @throws FhirError as `resultsOf`, `requireSame` and `readObservations`
 */
export const readReportResults = (
  report: Resource,
  patientKey: string,
  retracted: 'cancelled' | 'entered-in-error' | null,
  message: FhirMessage,
): { observations: Observation[]; isWhole: boolean } => {
  const reading = { report, mayLack: retracted !== null, message, seen: new Set<Resource>() }
  const results = resultsOf(report, 'result', null, reading)
  for (const { found, known } of results) {
    if (known !== null) continue
    requireSame(found, patientKey, message)
    refuseOthersFocus(found, patientKey, message)
  }
  const read = results.map(({ found, known, at }) =>
    known === null
      ? readObservations(found, patientKey, message)
      : referredTo(known, at, patientKey),
  )
  const all = distinctly(read.filter((some) => some !== null))
  return {
    observations: withdrawnIf(retracted === 'entered-in-error', all),
    isWhole: !message.partial.has(report) && read.every((some) => some !== null),
  }
}

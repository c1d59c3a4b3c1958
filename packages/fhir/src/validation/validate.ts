import { OperationOutcomeError, validateResource } from '@medplum/core'
import type { OperationOutcomeIssue, Resource } from '@medplum/fhirtypes'
import { isResourceType } from '../definitions.ts'
import { type R4FaultCode, type FhirFault, r4Fault } from '../fault.ts'
import type { FhirObject } from '../parse-json.ts'
import { prevalidateBundle, prevalidate } from './prevalidate.ts'
import { shapeFaults } from './shape.ts'
import { type ValueFindings, valueFindings } from './values.ts'
import type { Steps } from '../cooperative-scheduler.ts'

const deepest = 64

/**
 * JSON length above which the validator is not run on a malformed resource: for a string in place
 * of a list it reports a fault per character.
 */
const largestMisshapen = 20_000

/** Whether a value is nested deeper than the limit; it is not searched further. */
export const isTooDeep = (value: unknown, left = deepest): boolean => {
  if (typeof value !== 'object' || value === null) return false
  if (left < 0) return true
  for (const name of Object.keys(value))
    if (isTooDeep((value as FhirObject)[name], left - 1)) return true
  return false
}

const codes: Record<string, R4FaultCode> = {
  structure: 'INVALID_STRUCTURE',
  invariant: 'INVARIANT',
  value: 'INVALID_VALUE',
}

/** A validator issue without the value found: answers and logs never contain values. */
const faultOf = (issue: OperationOutcomeIssue, place: string): FhirFault => {
  const text = issue.details?.text ?? ''
  const at = issue.expression?.[0]?.replace(/^[A-Za-z]+/, place) ?? place
  if (text === 'Missing required property') return r4Fault('MISSING_ELEMENT', at)
  if (/^Invalid (\w+) format$|^Expected number|^Invalid numeric|^String /.test(text))
    return r4Fault('INVALID_VALUE', at, `${text}.`)
  const conflicting = /^Conflicting choice .*?"(\w+)"/.exec(text)?.[1]
  if (conflicting !== undefined)
    return r4Fault('INVALID_STRUCTURE', `${at}.${conflicting}`, `${text}.`)
  const code = codes[issue.code ?? ''] ?? 'INVALID_STRUCTURE'
  return r4Fault(
    code,
    at,
    text.startsWith('Invalid additional property')
      ? 'R4 does not define this element here.'
      : `${text}.`,
  )
}

/**
 * Invariants between statuses and what is beside them, by the words of the validator. Real senders
 * break them, and each element is shown as sent: an allergy without a status stands, what was
 * entered in error is withdrawn, a condition that is active and over is said to be both.
 *
 * @see FHIR R4, Condition, con-4 and con-5; AllergyIntolerance, ait-1 and ait-2
 */
const ofStatuses = /^Constraint (con-4|con-5|ait-1|ait-2) not met/

const isOfStatuses = ({ code, details }: OperationOutcomeIssue): boolean =>
  code === 'invariant' && ofStatuses.test(details?.text ?? '')

/**
 * The validator only warns about a repeated choice element (`valueString` beside `valueQuantity`),
 * but its meaning is ambiguous.
 */
const matters = (issue: OperationOutcomeIssue): boolean =>
  ((issue.severity === 'error' || issue.severity === 'fatal') && !isOfStatuses(issue)) ||
  (issue.details?.text ?? '').startsWith('Conflicting choice')

const issuesOf = (json: FhirObject): OperationOutcomeIssue[] => {
  try {
    return validateResource(json as unknown as Resource).filter(matters)
  } catch (error) {
    // A plain Error means that the extension of a primitive (`_birthDate`) is not an object.
    if (!(error instanceof OperationOutcomeError))
      return [{ severity: 'error', code: 'structure', details: { text: 'Does not conform to R4' } }]
    const issues = error.outcome.issue.filter(matters)
    return issues.length > 0 || error.outcome.issue.some(isOfStatuses)
      ? issues
      : [{ severity: 'error', code: 'structure', details: { text: 'Does not conform to R4' } }]
  }
}

/**
 * Whether a place equals another or is inside it. The validator writes `value[x]` for
 * `valueQuantity`.
 */
const isWithin = (at: string, whole: string): boolean => {
  if (at === whole || at.startsWith(`${whole}[`) || at.startsWith(`${whole}.`)) return true
  const [, parent = '', name = ''] = /^(.*\.)(\w+)(?:\[\d+\])?$/.exec(whole) ?? []
  const choice = at.startsWith(parent)
    ? /^(\w+)\[x\]/.exec(at.slice(parent.length))?.[1]
    : undefined
  return choice !== undefined && name.startsWith(choice)
}

/**
 * Every fault of a resource by R4: names, types, cardinalities, formats and invariants; and beside
 * them the codes outside the value sets that R4 requires.
 *
 * @param place  FHIRPath expression of the resource in the request, e.g. `Bundle.entry[3].resource`
 */
export const findingsOf = (json: FhirObject, place: string): ValueFindings => {
  if (prevalidate(json)) return { faults: [], unlisted: [] }
  const { faults, unlisted } = valueFindings(json, place)
  const found = [...faultsFound(json, place), ...faults]
  const said = new Set(found.map(({ at }) => at))
  return { faults: found, unlisted: unlisted.filter(({ at }) => !said.has(at)) }
}

/** The faults of `findingsOf`. */
export const faultsOf = (json: FhirObject, place: string): FhirFault[] =>
  findingsOf(json, place).faults

/** What the validator finds, without prevalidation. */
export const faultsFound = (json: FhirObject, place: string): FhirFault[] => {
  if (!isResourceType(json['resourceType'])) return [r4Fault('UNKNOWN_RESOURCE', place)]
  const contained = Array.isArray(json['contained']) ? json['contained'] : []
  const unknown = contained.flatMap((one, index) =>
    isResourceType((one as FhirObject | null)?.['resourceType'])
      ? []
      : [r4Fault('UNKNOWN_RESOURCE', `${place}.contained[${index}]`)],
  )
  if (unknown.length > 0) return unknown
  const misshapen = shapeFaults(json, json['resourceType'], place)
  if (misshapen.length > 0 && JSON.stringify(json).length > largestMisshapen) return misshapen
  const isSaid = ({ at }: FhirFault) =>
    misshapen.some((one) => at === place || isWithin(at ?? '', one.at ?? ''))
  return [
    ...misshapen,
    ...issuesOf(json)
      .map((issue) => faultOf(issue, place))
      .filter((one) => !isSaid(one)),
  ]
}

/** Entries of a Bundle that are validated in one step. */
const atATime = 100

/**
 * Faults of a Bundle itself; its resources are validated one by one, and replaced here by
 * placeholders of their type. The first entry is in each step, because invariants refer to it.
 * Duplicate addresses are found by `indexReferences`.
 *
 * @see FHIR R4, Bundle, invariants bdl-7, bdl-11 and bdl-12
 */
export function* bundleFaultsOf(bundle: FhirObject): Steps<FhirFault[]> {
  return prevalidateBundle(bundle) ? [] : yield* bundleFaultsFound(bundle)
}

export function* bundleFaultsFound(bundle: FhirObject): Steps<FhirFault[]> {
  const entries = Array.isArray(bundle['entry']) ? (bundle['entry'] as (FhirObject | null)[]) : null
  if (entries === null || entries.length === 0) return faultsOf(bundle, 'Bundle')
  const [first, ...rest] = entries.map(withStandIn)
  const found = new Map<string, FhirFault>()
  for (let from = 0; from === 0 || from < rest.length; from += atATime) {
    for (const one of faultsOf(
      { ...bundle, entry: [first, ...rest.slice(from, from + atATime)] },
      'Bundle',
    )) {
      const at =
        one.at === null
          ? null
          : one.at.replace(
              /^(Bundle\.entry)\[(\d+)\]/,
              (_, list: string, index: string) =>
                `${list}[${index === '0' ? 0 : Number(index) + from}]`,
            )
      if (!/^Bundle\.entry\[\d+\]\.resource\./.test(at ?? ''))
        found.set(`${one.code} ${at} ${one.text}`, { ...one, at })
    }
    yield
  }
  return [...found.values()]
}

const withStandIn = (entry: FhirObject | null): FhirObject | null => {
  const resource = entry?.['resource'] as FhirObject | null | undefined
  if (entry === null || resource === undefined) return entry
  const type = resource?.['resourceType']
  return { ...entry, resource: { resourceType: isResourceType(type) ? type : 'Basic', id: 'x' } }
}

import type { OperationOutcomeIssue } from '@medplum/fhirtypes'

/** Meaning of a fault code. */
export type FaultMeaning = {
  /** OperationOutcome.issue.code, value set issue-type. */
  issue: NonNullable<OperationOutcomeIssue['code']>
  /** What the sender has to change; never contains a value. */
  text: string
}

/**
 * Every way in which content can violate FHIR R4.
 *
 * @see FHIR R4, value set issue-type
 */
export const r4Faults = {
  NOT_JSON: { issue: 'structure', text: 'The body is not valid JSON in UTF-8.' },
  DUPLICATE_MEMBER: {
    issue: 'structure',
    text: 'A JSON object has two members of this name.',
  },
  NOT_XML: {
    issue: 'structure',
    text: 'The body is not well-formed XML in UTF-8 in the FHIR namespace.',
  },
  XML_FORBIDDEN: {
    issue: 'security',
    text: 'Document type declarations, and so custom entities, are not accepted.',
  },
  TOO_DEEP: { issue: 'structure', text: 'Elements are nested more than 64 levels deep.' },
  UNKNOWN_RESOURCE: { issue: 'structure', text: 'resourceType is not a resource type of R4.' },
  INVALID_STRUCTURE: {
    issue: 'structure',
    text: 'The element does not have the structure that R4 defines.',
  },
  INVALID_VALUE: { issue: 'value', text: 'The value is not valid for the element.' },
  MISSING_ELEMENT: { issue: 'required', text: 'The element is required.' },
  INVARIANT: { issue: 'invariant', text: 'An R4 invariant is not met.' },
} as const satisfies Record<string, FaultMeaning>

export type R4FaultCode = keyof typeof r4Faults

/**
 * One fault in a request: its code, its place as a FHIRPath expression or a part of the request,
 * and a text. Never a value.
 */
export type FhirFault<Code extends string = R4FaultCode> = {
  code: Code
  at: string | null
  text: string
}

/**
 * Characters of a FHIRPath expression. Element names in it come from the sender and may be
 * anything.
 */
const expression = /^[\w.[\]():$-]{0,200}/

/**
 * The longest leading part of a place that is an expression, so that no data can leak through a
 * name.
 */
const safePlace = (at: string): string => {
  const safe = expression.exec(at)?.[0] ?? ''
  return safe.length === at.length
    ? at
    : safe.slice(0, Math.max(safe.lastIndexOf('.'), 0)) || 'body'
}

export const faultAt = <Code extends string>(
  code: Code,
  at: string | null,
  text: string,
): FhirFault<Code> => ({ code, at: at === null ? null : safePlace(at), text })

/** An R4 fault with its default text, or the given one. */
export const r4Fault = (
  code: R4FaultCode,
  at: string | null,
  text: string = r4Faults[code].text,
): FhirFault => faultAt(code, at, text)

/** One or more faults that stop the processing of a resource or a request. */
export class FhirError<Code extends string = R4FaultCode> extends Error {
  override readonly name = 'FhirError'
  readonly faults: readonly FhirFault<Code>[]

  constructor(faults: readonly FhirFault<Code>[], options?: ErrorOptions) {
    super(faults.map(({ code, at }) => `${code} at ${at ?? 'request'}`).join(', '), options)
    this.faults = faults
  }
}

export const r4Error = (
  code: R4FaultCode,
  at: string | null = null,
  options?: ErrorOptions,
): FhirError => new FhirError([r4Fault(code, at)], options)

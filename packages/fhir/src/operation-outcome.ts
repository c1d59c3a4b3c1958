import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes'
import type { FaultMeaning, FhirFault } from './fault.ts'

/**
 * Maximum number of faults in one outcome, so that an answer does not grow with the errors in the
 * request.
 */
const mostFaults = 100

/** How faults are written as issues. */
export type IssueStyle<Code extends string> = {
  /** Code system of the fault codes. */
  system: string
  issueOf: (code: Code) => FaultMeaning['issue']
  severityOf: (code: Code) => OperationOutcomeIssue['severity']
}

const information = (diagnostics: string): OperationOutcomeIssue => ({
  severity: 'information',
  code: 'informational',
  diagnostics,
})

/**
 * Reports all faults, each with its place, then the notes.
 *
 * @param notes  issues of severity `information`
 * @see FHIR R4, OperationOutcome
 */
export const operationOutcome = <Code extends string>(
  faults: readonly FhirFault<Code>[],
  notes: readonly string[],
  { system, issueOf, severityOf }: IssueStyle<Code>,
): OperationOutcome => {
  const more =
    faults.length > mostFaults
      ? [`${faults.length - mostFaults} further faults are not listed.`]
      : []
  return {
    resourceType: 'OperationOutcome',
    issue: [
      ...faults.slice(0, mostFaults).map(({ code, at, text }) => ({
        severity: severityOf(code),
        code: issueOf(code),
        details: { coding: [{ system, code }] },
        diagnostics: text,
        ...(at === null ? {} : { expression: [at] }),
      })),
      ...[...more, ...notes].map(information),
    ],
  }
}

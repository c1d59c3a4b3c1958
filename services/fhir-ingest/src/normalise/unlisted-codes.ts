import type { UnlistedCode } from '@tideway/fhir/validation/values'
import { fault, type RequestFault } from '../errors.ts'

/**
 * Elements whose code decides what a resource states, of whom, and whether it still holds. With any
 * other required code that is not in its value set the resource is taken, the code shown as sent.
 */
const decisive: readonly RegExp[] = [
  /^\w+\.(status|docStatus|lifecycleStatus|clinicalStatus|verificationStatus|intent)$/,
  /^Encounter\.location\.status$/, // where the patient is, was, or is expected
  /^Patient\.link\.type$/, // which of two patients replaces the other
  /^DocumentReference\.relatesTo\.code$/, // which document is superseded
  /(^|\.)\w*[iI]dentifier\.use$/, // whether the number is still that patient's
  /\.comparator$/, // `<5` is not 5
]

/** Whether a resource with an unlisted code in this element is refused. */
export const isDecisive = (element: string): boolean =>
  decisive.some((pattern) => pattern.test(element))

const text = 'The code is not in the value set that R4 requires here.'

/** Faults of the codes outside the value sets that R4 requires. */
export const unlistedFaults = (unlisted: readonly UnlistedCode[]): RequestFault[] =>
  unlisted.flatMap(({ element, at }) =>
    isDecisive(element) ? [fault('INVALID_VALUE', at, text)] : [],
  )

/** Elements with a code outside the required value set that is kept as sent, each once. */
export const unlistedKept = (unlisted: readonly UnlistedCode[]): string[] => [
  ...new Set(
    unlisted.flatMap(({ element }) => (isDecisive(element) ? [] : [`${element} INVALID_VALUE`])),
  ),
]

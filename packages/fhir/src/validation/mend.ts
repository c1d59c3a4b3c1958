import type { FhirFault } from '../fault.ts'
import type { Decimals, FhirObject } from '../parse-json.ts'
import { elementAt, type PlacedElement, removeAt } from './element-at.ts'
import { putInForm, putInWords } from './readable.ts'

/** An element that could not be read as R4 has it. */
export type MendedElement = {
  /** Where it was sent. */
  at: string
  code: FhirFault['code']
  /** Its value is in no other element: it was left out. */
  isLeftOut: boolean
}

/**
 * Elements that decide what a resource states, of whom, and whether it still holds: without them
 * the rest would say something else.
 */
const decisive: readonly RegExp[] = [
  /^(id|status|docStatus|lifecycleStatus|clinicalStatus|verificationStatus|intent|doNotPerform)$/,
  /^(subject|patient|for|focus)(\.|$)/,
  /(^|\.)(modifierExtension|implicitRules|contained)(\.|$)/,
  /^(link|relatesTo|partOf)(\.|$)/,
  /^participant(\.actor(\.|$)|$)/,
  /^location\.status$/,
]

/** Of a Patient they say who it is. */
const ofPatient = /^identifier(\.|$)/

const isDecisive = (type: string, path: string): boolean => {
  const bare = path.replaceAll(/\[(?:\d+|x)\]/g, '').replaceAll(/(^|\.)_/g, '$1')
  return (
    bare === '' ||
    decisive.some((one) => one.test(bare)) ||
    (type === 'Patient' && ofPatient.test(bare))
  )
}

/** What a resource is about. */
const subjectMatter = /^(code|vaccineCode|medication[A-Z]\w*)$/

/**
 * Invariants that must hold: what they forbid cannot be read in one way. Any other is between
 * elements that are each shown as sent, e.g. a value beside the reason why there is none.
 */
const strict = /^Constraint (dom|ref|ext|bdl|ele)-\d+ /

const isKept = ({ code, text }: FhirFault): boolean => code === 'INVARIANT' && !strict.test(text)

/** A comparator changes the number: without it the number does not stand. */
const wholeOf = (at: PlacedElement): PlacedElement =>
  at.name === 'comparator' && at.above !== null ? at.above : at

/** The element to mend for a fault; null if that would be the resource itself. */
const toMend = (json: FhirObject, { code, at }: FhirFault, place: string): PlacedElement | null => {
  if (code === 'MISSING_ELEMENT') {
    const above = (at ?? '').replace(/\.[^.]*$/, '')
    return above.length <= place.length ? null : elementAt(json, above.slice(place.length + 1))
  }
  const path = (at ?? '').slice(place.length + 1)
  return path === '' ? null : elementAt(json, path)
}

const mendOne = (
  json: FhirObject,
  fault: FhirFault,
  place: string,
  decimals: Decimals,
): MendedElement | 'gone' | null => {
  const path = (fault.at ?? '').slice(place.length + 1)
  if (isDecisive(String(json['resourceType']), path)) return null
  const found = toMend(json, fault, place)
  if (found === null) return path.includes('.') || fault.code !== 'MISSING_ELEMENT' ? 'gone' : null
  const mended = { at: fault.at ?? place, code: fault.code }
  const whole = wholeOf(found)
  const isForm = fault.code === 'INVALID_STRUCTURE' || fault.code === 'INVALID_VALUE'
  if (whole === found && isForm && putInForm(found, decimals))
    return { ...mended, isLeftOut: false }
  if (putInWords(found) !== null) return { ...mended, isLeftOut: false }
  if (whole.above === null && subjectMatter.test(whole.name)) return null
  removeAt(whole)
  return { ...mended, isLeftOut: true }
}

/** Faults that are about an element, not about the whole. */
const ofElements: ReadonlySet<string> = new Set([
  'INVALID_STRUCTURE',
  'INVALID_VALUE',
  'MISSING_ELEMENT',
  'INVARIANT',
])

/** Null if one decides what the resource states, or none of them is there to be mended. */
const mendAll = (
  json: FhirObject,
  faults: readonly FhirFault[],
  place: string,
  decimals: Decimals,
): MendedElement[] | null => {
  if (!faults.every(({ code }) => ofElements.has(code))) return null
  // The last of a list first, so that places of others stay what they are.
  const done = faults.toReversed().map((fault) => mendOne(json, fault, place, decimals))
  const mended = done.filter((one) => one !== null && one !== 'gone')
  return done.includes(null) || mended.length === 0 ? null : mended
}

/** Most times that what is mended is looked at again. */
const rounds = 6

/**
 * Mends a resource in place, so that an element that is not as R4 has it does not cost the rest: it
 * is put into the right form where that loses nothing, an observed value is put in words, and
 * anything else is left out.
 *
 * @param faultsOf  faults of the resource as it is
 * @returns what was mended; null if a fault decides what the resource states
 */
export const mend = (
  json: FhirObject,
  place: string,
  decimals: Decimals,
  faultsOf: () => readonly FhirFault[],
): MendedElement[] | null => {
  const mended = new Map<string, MendedElement>()
  const note = (one: MendedElement): void => void mended.set(`${one.at} ${one.code}`, one)
  for (let round = 0; round < rounds; round += 1) {
    const { kept = [], faults = [] } = Object.groupBy(faultsOf(), (one) =>
      isKept(one) ? 'kept' : 'faults',
    )
    for (const { at, code } of kept) note({ at: at ?? place, code, isLeftOut: false })
    if (faults.length === 0) return [...mended.values()]
    const done = mendAll(json, faults, place, decimals)
    if (done === null) return null
    for (const one of done) note(one)
  }
  return null
}

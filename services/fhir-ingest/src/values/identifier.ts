import { instantOf, lengthOf } from '@tideway/time/iso-time'
import type { Identifier as FhirIdentifier } from '@medplum/fhirtypes'
import { type Identifier, unsaid } from '@tideway/schemas/events.generated'
import { chiNumberOf } from '@tideway/record/demographics/chi-number'
import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import type { FhirSource } from '@tideway/schemas/source'
import { wordOf } from './coded.ts'

export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number'

const verificationStatus =
  /Extension-(UKCore|CareConnect-GPC|CareConnect)-NHSNumberVerificationStatus(-1)?$/

/**
 * ODS code of an identifier system; without a system, that of the sender; null if the sender may
 * not use the system.
 */
export const organisationOf = (
  system: string | undefined,
  { ods, fhir }: FhirSource,
): string | null => {
  if (system === undefined) return ods
  return Object.hasOwn(fhir.systems, system) ? (fhir.systems[system] ?? null) : null
}

/**
 * Whether an identifier is current: an old or ended one may since have been reassigned.
 *
 * @param at  milliseconds since 1970 UTC
 * @see FHIR R4, Identifier.use and Identifier.period
 */
export const isInForce = ({ use, period }: FhirIdentifier, at: number): boolean =>
  use !== 'old' &&
  !((instantOf(period?.start ?? null) ?? Number.NaN) > at) &&
  !((instantOf(period?.end ?? null) ?? Number.NaN) + lengthOf(period?.end ?? '') <= at)

/** An identifier; null without a value. An NHS number belongs to no organisation. */
export const readIdentifier = (
  sent: FhirIdentifier | null | undefined,
  source: FhirSource,
): Identifier | null => {
  const value = sent?.value?.trim()
  if (sent === null || sent === undefined || value === undefined || value === '') return null
  const status = (sent.extension ?? []).find(({ url }) => verificationStatus.test(url ?? ''))
  return {
    ...unsaid.Identifier(),
    value,
    authority: sent.system ?? null,
    organisation: sent.system === nhsNumberSystem ? null : organisationOf(sent.system, source),
    type: wordOf(sent.type),
    status: wordOf(status?.valueCodeableConcept),
    detail:
      sent.period === undefined
        ? null
        : {
            ...unsaid.IdentifierDetail(),
            validFrom: sent.period.start ?? null,
            validUntil: sent.period.end ?? null,
          },
  }
}

export const readIdentifiers = (
  sent: readonly FhirIdentifier[],
  source: FhirSource,
): Identifier[] => sent.map((one) => readIdentifier(one, source)).filter((one) => one !== null)

/**
 * Valid NHS numbers among the identifiers, ten digits, each once.
 *
 * @param production  rejects the 999 range, which is reserved for tests
 */
export const nhsNumbersIn = (identifiers: readonly Identifier[], production: boolean): string[] => {
  const digits = identifiers
    .filter(({ authority }) => authority === nhsNumberSystem)
    .map(({ value }) => nhsNumberOf(value))
  return [
    ...new Set(
      digits.filter((number) => number !== null && !(production && number.startsWith('999'))),
    ),
  ] as string[]
}

/** Systems of CHI numbers (Scotland) and of H&C numbers (Northern Ireland). */
const chiSystems = new Set([
  'urn:oid:2.16.840.1.113883.2.1.3.2.4.16.53',
  ...['https://fhir.nhs.uk', 'https://fhir.hl7.org.uk'].flatMap((root) =>
    ['chi', 'hc', 'hsc'].map((scheme) => `${root}/Id/${scheme}-number`),
  ),
])

/** Numbers that a surrogate key can be made of: valid NHS numbers, else CHI and H&C numbers. */
export const surrogateNumbersIn = (
  identifiers: readonly Identifier[],
  production: boolean,
): string[] => {
  const nhsNumbers = nhsNumbersIn(identifiers, production)
  if (nhsNumbers.length > 0) return nhsNumbers
  const digits = identifiers
    .filter(({ authority }) => chiSystems.has(authority ?? ''))
    .map(({ value }) => chiNumberOf(value))
  return [...new Set(digits.filter((number) => number !== null))]
}

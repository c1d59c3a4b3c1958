import type { Identifier as FhirIdentifier } from '@medplum/fhirtypes'
import { type Identifier, unsaid } from '@tideway/schemas/events.generated'
import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import type { FhirSource } from '@tideway/schemas/source'
import { wordOf } from './coded.ts'

export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number'

const verificationStatus =
  /Extension-(UKCore|CareConnect-GPC|CareConnect)-NHSNumberVerificationStatus(-1)?$/

/**
 * ODS code of an identifier system; without a system, that of the sender; null if the sender may
 * not state identifiers of it.
 */
export const organisationOf = (
  system: string | undefined,
  { ods, fhir }: FhirSource,
): string | null => {
  if (system === undefined) return ods
  return Object.hasOwn(fhir.systems, system) ? (fhir.systems[system] ?? null) : null
}

const day = 86_400_000
/** Length of a dateTime that is a day, a month or a year, milliseconds; the longest possible. */
const lengthOf = (dateTime: string): number =>
  dateTime.includes('T')
    ? 0
    : dateTime.length === 10
      ? day
      : dateTime.length === 7
        ? 31 * day
        : 366 * day

/**
 * Whether an identifier is current: one that is old or has ended may by now be another person's.
 *
 * @param at  milliseconds since 1970 UTC
 * @see FHIR R4, Identifier.use and Identifier.period
 */
export const isInForce = ({ use, period }: FhirIdentifier, at: number): boolean =>
  use !== 'old' &&
  !(Date.parse(period?.start ?? '') > at) &&
  !(Date.parse(period?.end ?? '') + lengthOf(period?.end ?? '') <= at)

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
 * @param production  refuses the 999 range, which is reserved for tests
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

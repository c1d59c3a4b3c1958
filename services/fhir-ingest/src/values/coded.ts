import type { CodeableConcept, Coding } from '@medplum/fhirtypes'
import { type Coded, unsaid } from '@tideway/schemas/events.generated'

export const noCode: Coded = unsaid.Coded()

/** The first two codings as sent; the concept's text takes precedence over the first display. */
export const readCoded = (concept: CodeableConcept | null | undefined): Coded | null => {
  if (concept === null || concept === undefined) return null
  const [first, second] = concept.coding ?? []
  const coded: Coded = {
    ...noCode,
    code: first?.code ?? null,
    text: concept.text ?? first?.display ?? null,
    system: first?.system ?? null,
    alternateCode: second?.code ?? null,
    alternateText:
      second?.display ??
      (concept.text !== undefined && first?.display !== concept.text
        ? (first?.display ?? null)
        : null),
    alternateSystem: second?.system ?? null,
  }
  return Object.values(coded).every((part) => part === null) ? null : coded
}

export const readCoding = (coding: Coding | null | undefined): Coded | null =>
  coding === null || coding === undefined ? null : readCoded({ coding: [coding] })

export const readAllCoded = (concepts: readonly CodeableConcept[]): Coded[] =>
  concepts.map(readCoded).filter((coded) => coded !== null)

/** Concepts in words: the text of each, else its code. */
export const wordsOf = (concepts: readonly CodeableConcept[]): string[] =>
  readAllCoded(concepts)
    .map((coded) => coded.text ?? coded.code ?? '')
    .filter((word) => word !== '')

export const textCoded = (text: string | null | undefined): Coded | null =>
  text === null || text === undefined ? null : { ...noCode, text }

const isStandard = ({ system }: Coding): boolean =>
  /^https?:\/\/(terminology\.)?hl7\.org\//.test(system ?? '')

/**
 * The code of a concept, else its text, for an event field with one text. A code of an HL7 system
 * takes precedence over a local one, because tables and statuses are HL7's.
 */
export const wordOf = (concept: CodeableConcept | null | undefined): string | null => {
  const codings = concept?.coding ?? []
  return (codings.find(isStandard) ?? codings[0])?.code ?? concept?.text ?? null
}

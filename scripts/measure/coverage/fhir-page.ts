import { table } from '../../checks/documents/table.ts'
import { noFacts } from './fhir-expected.ts'
import type { CorpusReading } from './reading.ts'
import { frequent } from './tally.ts'

/** Required outcome of FHIR files, and those that have none. */
export const fhirRules = [
  'Well-formed: R4 by its own definitions and invariants, not from a folder of deliberate errors (`errors`), and the patient has an identifier: an NHS number alone',
  'needs the birth date too, as everywhere. Anything not well-formed is rejected as a whole, with all faults. Each file is read as from a sender that may report on its patients.',
  'To be mapped: Bundles of type message, transaction, batch, document and collection about a patient, and single resources about a patient.\n',
]

/** Answers and workflow: archived, and in no record. */
export const noFactsTable = (fhir: readonly CorpusReading[]): string[] => {
  const counts = frequent(fhir.map(({ type }) => type)).filter(
    ([type]) => noFacts[type] !== undefined,
  )
  if (counts.length === 0) return []
  return [
    '\nAnswers and workflow are not clinical facts, and need no mapping:\n',
    table(
      ['type', 'what it is', 'files'],
      counts.map(([type, count]) => [`\`${type}\``, noFacts[type] as string, String(count)]),
    ),
  ]
}

const shown = 25

/** Elements of mapped files that were listed as unused, most frequent first. */
export const fhirUnused = (fhir: readonly CorpusReading[]): string[] => {
  const unused = frequent(
    fhir.filter(({ events }) => events.length > 0).flatMap(({ unused: elements }) => elements),
  )
  if (unused.length === 0) return []
  const more = unused.length > shown ? [`\n${unused.length - shown} elements more.`] : []
  return [
    '\nOf FHIR:\n',
    table(
      ['element', 'files'],
      unused.slice(0, shown).map(([element, count]) => [`\`${element}\``, String(count)]),
    ),
    ...more,
  ]
}

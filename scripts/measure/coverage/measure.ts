import { openFhirRules, readFhir } from './fhir-reader.ts'
import { openNormaliser, readHl7 } from './hl7-reader.ts'
import { findLost, type Tried } from './lost.ts'
import { type Pair, readPairs } from './pairs/read-pairs.ts'
import type { CorpusReading } from './reading.ts'

/**
 * Values of each kind that are changed and read again. More tries find nothing more in the corpus.
 */
const triesEach = 5

export type CorpusCoverage = {
  hl7: CorpusReading[]
  fhir: CorpusReading[]
  tried: Tried[]
  pairs: Pair[]
}

/**
 * Measures everything on the page from a corpus and the mappings of this checkout; null if there is
 * no corpus. Deterministic.
 */
export const measureCoverage = async (corpusDir: string): Promise<CorpusCoverage | null> => {
  const toEvents = await openNormaliser()
  const hl7 = readHl7(corpusDir, toEvents)
  if (hl7.length === 0) return null
  return {
    hl7,
    fhir: readFhir(corpusDir, await openFhirRules()),
    tried: findLost(hl7, toEvents, triesEach),
    pairs: readPairs(corpusDir, toEvents),
  }
}

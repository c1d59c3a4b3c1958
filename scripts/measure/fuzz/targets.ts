import { corpusDir } from '../corpus/files.ts'
import { fhirTarget } from './fhir-target.ts'
import { hl7Target } from './hl7-target.ts'
import type { Targets } from './target.ts'

/** Every fuzz target. */
export const targets: Targets = {
  hl7: () => hl7Target(corpusDir(process.env)),
  fhir: () => fhirTarget(corpusDir(process.env)),
}

import { corpusDir } from '../corpus/files.ts'
import { fhirTarget } from './fhir-target.ts'
import { hl7Target } from './hl7-target.ts'
import type { Targets } from './target.ts'

/** Every kind of input that can be fuzzed: another one is one line here and its file. */
export const targets: Targets = {
  hl7: () => hl7Target(corpusDir(process.env)),
  fhir: () => fhirTarget(corpusDir(process.env)),
}

import { readFileSync } from 'node:fs'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import type { Source } from '@tideway/schemas/source'

export const mappings = await loadMappings()

const sample = new URL('../../services/hl7-ingest/samples/x99/source.json', import.meta.url)
/** The source of the samples, X99. */
export const trust = JSON.parse(readFileSync(sample, 'utf8')) as Source

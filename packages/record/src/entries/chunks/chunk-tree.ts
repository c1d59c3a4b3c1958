import type { ReportChunk } from '@tideway/schemas/documents/entry'
import { identityOf } from '../matching/recoded.ts'

const fnvOffset = 0x81_1c_9d_c5
const fnvPrime = 0x01_00_01_93
const bits = 32

/** FNV-1a, finished so that names that differ in their last character differ in the first bits. */
const hashOf = (text: string): number => {
  let hash = fnvOffset
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), fnvPrime)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/**
 * Where an observation is: the bits of its code and sub-identifier, of which chunks hold a range.
 */
export const placeOfKey = (key: string): string =>
  hashOf(identityOf(key)).toString(2).padStart(bits, '0')

/** Between the id of a report and the bits of a chunk of it. */
const mark = ' #'

export const chunkId = (reportId: string, at: string): string => `${reportId}${mark}${at}`

/** The chunk that holds an observation, of those of a report. */
export const chunkAt = (chunks: readonly ReportChunk[], key: string): string =>
  chunks.find(({ at }) => placeOfKey(key).startsWith(at))?.at ?? ''

/** The two halves of a range; null if it is one observation that cannot be told apart further. */
export const halves = (at: string, keys: readonly string[]): [string, string] | null =>
  at.length < bits && new Set(keys.map(placeOfKey)).size > 1 ? [`${at}0`, `${at}1`] : null

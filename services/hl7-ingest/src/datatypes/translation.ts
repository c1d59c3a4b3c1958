import { canonicalSystem } from '@tideway/schemas/code-systems'
import type { Coded } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'

/**
 * Fields whose codes are compared across senders: tests, diagnoses, procedures, medicines,
 * vaccines, allergies, specimens.
 */
const clinical: Record<string, ReadonlySet<number>> = {
  OBR: new Set([4, 44]),
  OBX: new Set([3, 5]),
  SPM: new Set([4, 8]),
  AL1: new Set([3]),
  IAM: new Set([3]),
  DG1: new Set([3]),
  FT1: new Set([19, 25]),
  PR1: new Set([3]),
  PRB: new Set([3]),
  RXA: new Set([5]),
  RXC: new Set([2]),
  RXD: new Set([2]),
  RXE: new Set([2]),
  RXG: new Set([4]),
  RXO: new Set([1]),
  BPO: new Set([2]),
  BPX: new Set([6, 8]),
  BTX: new Set([3, 5]),
}

/**
 * Translation of a local code by the table in the source's file; null if the code is a standard
 * one, or in no table. The latter is counted: neither the code nor its alternate can be compared
 * with another sender's.
 */
export const translationOf = (
  segment: Segment,
  field: number,
  { code, text, system, alternateSystem }: Coded,
): Coded['translation'] => {
  if (code === null || clinical[segment.name]?.has(field) !== true) return null
  const place = `${segment.name}-${field}`
  const { conventions, untranslated } = segment.message
  const table = conventions.translations?.[place]
  if (table !== undefined && Object.hasOwn(table, code)) return table[code] ?? null
  if (canonicalSystem(system) === null && canonicalSystem(alternateSystem) === null)
    untranslated.push({ field: place, code, text, system })
  return null
}

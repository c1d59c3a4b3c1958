import { canonicalSystem } from '@tideway/schemas/code-systems'
import type { Coded } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'

/**
 * Fields whose codes are compared across senders: tests, diagnoses, procedures, medicines,
 * vaccines, allergies, specimens.
 */
const clinical: Record<string, readonly number[]> = {
  OBR: [4, 44],
  OBX: [3, 5],
  SPM: [4, 8],
  AL1: [3],
  IAM: [3],
  DG1: [3],
  FT1: [19, 25],
  PR1: [3],
  PRB: [3],
  RXA: [5],
  RXC: [2],
  RXD: [2],
  RXE: [2],
  RXG: [4],
  RXO: [1],
  BPO: [2],
  BPX: [6, 8],
  BTX: [3, 5],
}
/** Places of those fields, `OBX-3`. */
const places: ReadonlyMap<string, ReadonlyMap<number, string>> = new Map(
  Object.entries(clinical).map(([name, fields]) => [
    name,
    new Map(fields.map((field) => [field, `${name}-${field}`])),
  ]),
)

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
  const place = code === null ? undefined : places.get(segment.name)?.get(field)
  if (code === null || place === undefined) return null
  const { conventions, untranslated } = segment.message
  const table = conventions.translations?.[place]
  if (table !== undefined && Object.hasOwn(table, code)) return table[code] ?? null
  if (canonicalSystem(system) === null && canonicalSystem(alternateSystem) === null)
    untranslated.push({ field: place, code, text, system })
  return null
}

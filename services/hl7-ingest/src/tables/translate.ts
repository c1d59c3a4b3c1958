import type { Source } from '@tideway/schemas/source'

/**
 * Translates a code into ours: by the source's table for the field, else the standard one in any
 * case, else as sent; our own word stands for itself. Never a guess.
 *
 * @param field  e.g. `PV1-2`
 */
export const translate = (
  source: Source,
  field: string,
  code: string | null,
  standard: ReadonlyMap<string, string>,
): string | null => {
  if (code === null) return null
  const own = source.hl7.codes[field]
  if (own !== undefined && Object.hasOwn(own, code)) return own[code] ?? code
  return standard.get(code) ?? inAnyCase(code, standard)
}

const inAnyCase = (code: string, standard: ReadonlyMap<string, string>): string => {
  if (standard.size === 0) return code
  const name = code.toUpperCase()
  const known = standard.get(name)
  if (known !== undefined) return known
  for (const word of standard.values()) if (word === name) return word
  return code
}

/** HL7 table 0001, administrative sex. */
export const sexes: ReadonlyMap<string, string> = new Map([
  ['F', 'FEMALE'],
  ['M', 'MALE'],
  ['O', 'OTHER'],
  ['U', 'UNKNOWN'],
  ['A', 'AMBIGUOUS'],
  ['N', 'NOT_APPLICABLE'],
])

/** HL7 table 0004, patient class. */
export const patientClasses: ReadonlyMap<string, string> = new Map([
  ['I', 'INPATIENT'],
  ['O', 'OUTPATIENT'],
  ['E', 'EMERGENCY'],
  ['P', 'PREADMIT'],
  ['R', 'RECURRING'],
  ['B', 'OBSTETRICS'],
  ['C', 'COMMERCIAL'],
  ['N', 'NOT_APPLICABLE'],
  ['U', 'UNKNOWN'],
])

/** HL7 table 0127, allergen type. */
export const allergenTypes: ReadonlyMap<string, string> = new Map([
  ['DA', 'DRUG'],
  ['FA', 'FOOD'],
  ['MA', 'MISCELLANEOUS'],
  ['MC', 'CONTRAINDICATION'],
  ['EA', 'ENVIRONMENT'],
  ['AA', 'ANIMAL'],
  ['PA', 'PLANT'],
  ['LA', 'POLLEN'],
])

/** No standard table: only the source's own applies. */
export const noTable: ReadonlyMap<string, string> = new Map()

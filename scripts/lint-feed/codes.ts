import { componentsOf, type Hl7Message, repetitions, type Segment, text } from '@tideway/hl7-ingest/parse'
import { noTable, patientClasses, sexes } from '@tideway/hl7-ingest/values/table'
import type { Source } from '@tideway/schemas/source'
import { codeShown, type Counts, count } from './counts.ts'

/** Fields whose code goes through the source's table, with the standard table behind it. */
const translated: [string, number, ReadonlyMap<string, string>][] = [
  ['PID', 8, sexes], ['PV1', 2, patientClasses], ['PV1', 4, noTable], ['PV1', 10, noTable], ['PV1', 14, noTable], ['PV1', 36, noTable], ['PV1', 37, noTable], ['OBX', 6, noTable],
]
/** Fields of coded values, whose third component names the system; and the names that mean one everywhere. HL7 table 0396. */
const coded: [string, number][] = [['OBR', 4], ['OBX', 3], ['DG1', 3], ['AL1', 3], ['PR1', 3], ['RXE', 2], ['RXA', 5], ['RXO', 1]]
const known = new Set(['LN', 'SCT', 'SNM3', 'I10', 'ICD10', 'I9', 'OPCS4', 'RC', 'RCTV3', 'DMD', 'CVX', 'MVX', 'UCUM'])

/** Codes that no table translates, and code systems whose name means nothing outside the sender. */
export const countCodes = ({ codes }: { codes: Counts }, message: Hl7Message, { hl7 }: Source): void => {
  for (const segment of message.segments) {
    for (const [name, field, standard] of translated) if (segment.name === name) countCode(codes, segment, field, standard, hl7.codes[`${name}-${field}`] ?? {})
    for (const [name, field] of coded) if (segment.name === name) countSystem(codes, segment, field, message)
  }
}

const countCode = (codes: Counts, segment: Segment, field: number, standard: ReadonlyMap<string, string>, own: Record<string, string>): void => {
  const code = text(segment, field)
  if (code !== null && !standard.has(code) && !Object.hasOwn(own, code)) count(codes, `${segment.name}-${field}`, codeShown(code))
}

const countSystem = (codes: Counts, segment: Segment, field: number, message: Hl7Message): void => {
  const [first] = repetitions(segment, field)
  if (first === undefined) return
  const system = componentsOf(message, first)[2] ?? ''
  if (!known.has(system)) count(codes, `${segment.name}-${field}.3`, system === '' ? 'no system' : codeShown(system))
}

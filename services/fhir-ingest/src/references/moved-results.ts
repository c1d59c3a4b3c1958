import {
  type Coded,
  type Observation,
  type ResourceKnown,
  unsaid,
} from '@tideway/schemas/events.generated'
import { noCode } from '../values/coded.ts'

/** A resource with an entry. */
export type Known = ResourceKnown & { key: string }

/** Each observation by itself, so that reports that hold it lose it too. */
export const observationsOf = ({ key, parts }: Known, place: string): Observation[] =>
  parts.map((part) => ({
    ...unsaid.Observation(),
    key: part.key,
    code: { ...noCode, code: part.code, text: part.text },
    status: 'wrong-patient',
    ownReportId: key,
    ownKey: part.key,
    place,
  }))

/** A report keeps the name it has. */
export const serviceOf = ({ parts: [first] }: Known): Coded => ({
  ...noCode,
  code: first?.code ?? null,
  text: first?.text ?? null,
})

import { decodeHeaders } from './kafka-records.ts'
import type { Outgoing } from './kafka.ts'

/** Headers of a record that is about to be sent, as text. */
export const headersOf = ({ headers }: Outgoing): Record<string, string> =>
  Buffer.isBuffer(headers) ? Object.fromEntries(Object.entries(decodeHeaders(headers)).map(([name, value]) => [name, String(value)])) : headers

import { decodeHeaders } from './patches/record-batch.ts'
import type { Outgoing } from './client.ts'

/** Headers of a record that is about to be sent, as text. */
export const headersOf = ({ headers }: Outgoing): Record<string, string> =>
  Buffer.isBuffer(headers)
    ? Object.fromEntries(
        Object.entries(decodeHeaders(headers)).map(([name, value]) => [name, String(value)]),
      )
    : headers

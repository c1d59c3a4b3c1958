import { readHeader } from '@tideway/hl7v2/lexer/header'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { isParked } from '@tideway/hl7-ingest/acknowledge/outcomes'
import { messageRecords } from '@tideway/ingest/message-records'
import { kings, loadMessages } from './messages.ts'
import { encodeForLog } from './encode.ts'

// `node normalise.ts '{"seconds": 5, "runs": 3}'`: one thread, from bytes to events, and
// encoded for the log.
const { seconds, runs } = JSON.parse(process.argv[2] ?? '{}') as { seconds: number; runs: number }
const { source, mappings } = await kings()
const messages = loadMessages(1_000, 100, 'N')

const events = (bytes: Buffer) =>
  normalise({ source, bytes, receivedAt: 1_800_000_000_000_000 }, mappings, { production: false })
const records = (bytes: Buffer) =>
  messageRecords(
    {
      source: source.ods,
      bytes,
      payload: null,
      connection: 'bench',
      receivedAt: 1_800_000_000_000_000,
      traceparent: '',
      answered: 'AA',
    },
    events(bytes),
    encodeForLog,
    isParked,
  ).records.length

const rateOf = (work: (bytes: Buffer) => unknown): number => {
  const began = performance.now()
  let count = 0
  while (performance.now() - began < seconds * 1000) {
    for (const bytes of messages) work(bytes)
    count += messages.length
  }
  return (count * 1000) / (performance.now() - began)
}
const median = (work: (bytes: Buffer) => unknown): number => {
  rateOf(work)
  return Array.from({ length: runs }, () => rateOf(work)).sort((a, b) => a - b)[runs >> 1] as number
}

const parked = messages.filter((bytes) => events(bytes).problem !== null).length
if (parked > 0) throw new Error(`${parked} of the load's own messages are parked`)
console.log(
  JSON.stringify({
    header: median(readHeader),
    normalise: median(events),
    normaliseAndEncode: median(records),
  }),
)

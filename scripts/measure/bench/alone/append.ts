import type { Arrival } from '@tideway/projector/apply/arrival'
import { folds } from '@tideway/projector/apply/apply-events'
import { project } from '@tideway/projector/apply/project'
import { membersTouchedBy, touchedBy } from '@tideway/projector/apply/touched'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { storedSize } from '@tideway/record/demographics/stored-size'
import type { Entry } from '@tideway/schemas/documents/entry'
import { compactEntry } from '@tideway/schemas/documents/storage-format'
import { kings } from './messages.ts'

// What one message of ten results costs that is appended to a report of many: entries read and
// written, their bytes as stored, and the time of folding. No server: documents are in memory.
// `node append.ts '{"sizes": [1000, 10000, 100000]}'`
type Plan = { sizes: number[] }

const plan = JSON.parse(process.argv[2] ?? '{"sizes": [1000, 10000, 100000]}') as Plan
const perMessage = 500
const appended = 10
const appends = 50
const { source, mappings } = await kings()
const stored = new Map<string, Entry>()
let sent = 0

/** Events of a message with results of codes that the report does not have yet. */
const arrivalsOf = (from: number, count: number): Arrival[] => {
  sent += 1
  const at = new Date(Date.UTC(2026, 0, 1) + sent * 60_000).toISOString().replace(/\D/g, '')
  const text = [
    `MSH|^~\\&|LIS|RJZ|TW|TW|${at.slice(0, 14)}||ORU^R01|A${sent}|P|2.4`,
    'PID|1||K1^^^RJZ^MR||TESTCASE^ADA||19700101|F',
    'OBR|1|P1|F1|ICU^Monitoring^L|||20260101000000||||||||||||||||||F',
    ...Array.from(
      { length: count },
      (_, of) =>
        `OBX|${of + 1}|NM|C${from + of}^Value ${from + of}^L||${of}.5|mmol/L|1-9||||F|||${at.slice(0, 12)}`,
    ),
  ].join('\r')
  const bytes = Buffer.from(`${text}\r`)
  const receivedAt = 1_800_000_000_000_000 + sent * 60_000_000
  const { events, messageId } = normalise({ source, bytes, receivedAt }, mappings, {
    production: false,
  })
  return events.map((event) => ({
    patient: event.patientKey,
    offset: sent,
    event,
    record: bytes,
    messageId,
    eventId: event.id,
    source: source.ods,
    traceparent: null,
  }))
}

const sizeOf = (entry: Entry): number => storedSize(compactEntry(entry))

/** Applies a message as the projector does, with the entries that it would read. */
const apply = (arrivals: Arrival[]) => {
  const entries = new Map<string, Entry>()
  const read = (ids: readonly string[]): void => {
    for (const id of ids) {
      const entry = stored.get(id)
      if (entry !== undefined) entries.set(id, entry)
    }
  }
  read(touchedBy(arrivals).entries)
  read(membersTouchedBy(arrivals, entries))
  const loaded = { heads: new Map(), entries, applied: new Map(), held: new Map() }
  const began = performance.now()
  const changed = project(0, arrivals, loaded, folds, new Date())
  const took = performance.now() - began
  const written = changed.flatMap((each) => each.entries)
  for (const entry of written) stored.set(entry._id, entry)
  for (const id of changed.flatMap(({ dissolved }) => dissolved)) stored.delete(id)
  const bytes = written.reduce((sum, entry) => sum + sizeOf(entry), 0)
  return { took, read: entries.size, written: written.length, bytes }
}

let held = 0
const rows = plan.sizes.map((size) => {
  for (; held < size; held += perMessage) apply(arrivalsOf(held, perMessage))
  const costs = Array.from({ length: appends }, () => {
    const cost = apply(arrivalsOf(held, appended))
    held += appended
    return cost
  })
  const mean = (of: (cost: (typeof costs)[number]) => number): number =>
    Math.round((costs.reduce((sum, cost) => sum + of(cost), 0) / appends) * 10) / 10
  const entries = [...stored.values()]
  return {
    observations: size,
    entriesRead: mean(({ read }) => read),
    entriesWritten: mean(({ written }) => written),
    kilobytesWritten: mean(({ bytes }) => bytes / 1024),
    milliseconds: mean(({ took }) => took),
    documents: entries.length,
    largestKilobytes: Math.round(Math.max(...entries.map(sizeOf)) / 1024),
  }
})
console.log(JSON.stringify(rows))

import { readMessage } from '@tideway/hl7v2/lexer/header'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { type Sample, typeSamples } from './samples.ts'

// `node by-type.ts '{"seconds": 0.5}'`: one thread, each type's sample split into fields only, and
// normalised to events.
const { seconds } = JSON.parse(process.argv[2] ?? '{}') as { seconds: number }
const mappings = await loadMappings()
const atOnce = 50

const eventsOf = ({ bytes, source }: Sample) =>
  normalise({ source, bytes, receivedAt: 1_800_000_000_000_000 }, mappings, { production: false })

const rateOf = (work: () => unknown, forSeconds: number): number => {
  const began = performance.now()
  let count = 0
  while (performance.now() - began < forSeconds * 1000) {
    for (let n = 0; n < atOnce; n++) work()
    count += atOnce
  }
  return (count * 1000) / (performance.now() - began)
}
const warmRate = (work: () => unknown): number => {
  rateOf(work, seconds / 2)
  return Math.round(rateOf(work, seconds))
}

const rows = (await typeSamples((sample) => eventsOf(sample).problem === null)).map((sample) => {
  const { what, bytes, source } = sample
  const { problem } = eventsOf(sample)
  if (problem !== null)
    throw new Error(`the sample of ${what} is parked: ${problem.code} at ${problem.place}`)
  return {
    what,
    bytes: bytes.length,
    parse: warmRate(() => readMessage(bytes, source.hl7.characterSet)),
    normalise: warmRate(() => eventsOf(sample)),
  }
})
console.log(JSON.stringify({ rows }))

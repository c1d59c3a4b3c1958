import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { messageIdOf } from '@tideway/schemas/public-id'
import type { FhirPlan, FhirTaken } from '../fhir-line.ts'
import { asAnother, generatedBundles } from '../synthea.ts'

// `node fhir-load.ts PLAN`: sends Bundles of generated patients over HTTP, each for a different
// patient, until the time is over.
const { address, token, corpus, connections, seconds, source, system } = JSON.parse(
  process.argv[2] ?? '{}',
) as FhirPlan
const bundles = generatedBundles(corpus)
const agent = new Agent({ keepAlive: true, maxSockets: connections })
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' }

const post = (bytes: Buffer) =>
  new Promise<number>((resolve, reject) => {
    const asked = request(
      address,
      { method: 'POST', agent, headers: { ...headers, 'content-length': bytes.length } },
      (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode ?? 0))
      },
    )
    asked.once('error', reject)
    asked.end(bytes)
  })

const taken: FhirTaken[] = []
let notTaken = 0
let next = 0
const until = performance.now() + seconds * 1000
const connection = async () => {
  while (performance.now() < until) {
    const bundle = bundles[next++ % bundles.length]
    if (bundle === undefined) return
    const bytes = asAnother(bundle, system, randomUUID())
    const sentAt = Date.now()
    const status = await post(bytes)
    if (status === 200)
      taken.push({
        messageId: messageIdOf(source, bytes),
        sentAt,
        answeredAt: Date.now(),
        resources: bundle.resources,
      })
    else notTaken += 1
  }
}
await Promise.all(Array.from({ length: connections }, connection))
const { user, system: kernel } = process.cpuUsage()
console.log(JSON.stringify({ taken, notTaken, cpuSeconds: (user + kernel) / 1e6 }))
agent.destroy()

import { readFileSync } from 'node:fs'

/**
 * Sends one FHIR resource or Bundle: `node send-fhir.ts URL FILE`, the token in TOKEN.
 * A Bundle goes to the base address, a resource to its type. 2xx means that Tideway has custody.
 */
const [base, file] = process.argv.slice(2)
const token = process.env['TOKEN']
if (base === undefined || file === undefined || token === undefined) {
  console.error('usage: TOKEN=... node send-fhir.ts URL FILE')
  process.exit(2)
}
const body = readFileSync(file, 'utf8')
const { resourceType } = JSON.parse(body) as { resourceType: string }
const url = resourceType === 'Bundle' ? base : `${base}/${resourceType}`

/** 429 and 5xx mean that it is not durable: send it again, after Retry-After. */
const attempts = 5
for (let attempt = 1; attempt <= attempts; attempt++) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/fhir+json',
      prefer: 'return=OperationOutcome',
    },
    body,
  })
  console.log(response.status, await response.text())
  if (response.ok) process.exit(0)
  if (response.status !== 429 && response.status < 500) process.exit(1)
  const seconds = Number(response.headers.get('retry-after') ?? attempt)
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
}
process.exit(1)

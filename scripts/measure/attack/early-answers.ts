import { once } from 'node:events'
import { connect } from 'node:net'
import { safeHeaders } from '@tideway/http/early-answers'
import type { Attack, Outcome } from './finding.ts'
import { systemToken } from './send-fhir.ts'

/** Stands for what a sender may have put into a request; no answer may repeat it. */
export const mark = 'PATIENT9990000026'

type Request = { what: string; bytes: string; status: number }

const withinMs = 20_000

/** What is wrong with a raw HTTP answer; empty if nothing. */
export const answerFaults = (answer: string, status: number): string[] => {
  const [head = ''] = answer.split('\r\n\r\n')
  const sent = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? 0)
  const headers = new Map(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
  )
  const missing = Object.entries(safeHeaders).flatMap(([name, value]) =>
    headers.get(name) === value ? [] : [`no ${name}`],
  )
  const echoed = /PATIENT|9990000026/i.test(answer) ? ['the request is echoed'] : []
  return [...(sent === status ? [] : [`status ${sent}, not ${status}`]), ...missing, ...echoed]
}

const request = (method: string, path: string, headers: readonly string[], body = ''): string =>
  [`${method} ${path} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', body].join('\r\n')

/** Requests of every service. @param root  where its routes are */
const ofAny = (root: string): Request[] => [
  { what: 'no HTTP', bytes: `${mark}\r\n\r\n`, status: 400 },
  { what: 'no Host', bytes: `GET ${root}/${mark} HTTP/1.1\r\n\r\n`, status: 400 },
  { what: 'a bad address', bytes: request('GET', `${root}/${mark}%E0%A4%A`, []), status: 400 },
  { what: 'large headers', bytes: request('GET', root, [`X: ${mark.repeat(1_200)}`]), status: 431 },
  { what: 'no such address', bytes: request('GET', `/${mark}?${mark}=${mark}`, []), status: 404 },
]

const ofRecordApi = (): Request[] => [
  ...ofAny('/api/patients'),
  {
    what: 'a long id',
    bytes: request('GET', `/api/patients/${mark.repeat(20)}/record`, []),
    status: 414,
  },
  { what: 'another method', bytes: request('DELETE', '/health/live', [`X: ${mark}`]), status: 405 },
]

const ofFhirIngest = (root: string, token: string): Request[] => {
  const authorization = `Authorization: Bearer ${token}`
  return [
    ...ofAny(`${root}/Patient`),
    {
      what: 'a long id',
      bytes: request('PUT', `${root}/Patient/${mark.repeat(20)}`, [authorization]),
      status: 414,
    },
    {
      what: 'another method',
      bytes: request('GET', `${root}/Patient/${mark}`, [authorization]),
      status: 405,
    },
    {
      what: 'another format',
      bytes: request('POST', `${root}/Patient`, [authorization, `Content-Type: text/${mark}`]),
      status: 415,
    },
  ]
}

const ask = async (service: URL, bytes: string): Promise<string> => {
  const socket = connect({ host: service.hostname, port: Number(service.port) })
  let answer = ''
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1')
  })
  socket.on('error', () => undefined)
  socket.write(bytes)
  await once(socket, 'close', { signal: AbortSignal.timeout(withinMs) }).catch(() =>
    socket.destroy(),
  )
  return answer
}

const outcomeOf = async (
  name: string,
  address: string,
  requests: readonly Request[],
): Promise<Outcome> => {
  const faults = await Promise.all(
    requests.map(async ({ what, bytes, status }) =>
      answerFaults(await ask(new URL(address), bytes), status).map((fault) => `${what}: ${fault}`),
    ),
  )
  const found = faults.flat()
  const statuses = [...new Set(requests.map(({ status }) => status))].join(', ')
  return {
    tried: `${requests.length} requests that ${name} refuses before any route (${statuses}), with a patient's number in them`,
    held: found.length === 0,
    figure: found.length === 0 ? 'safe headers, nothing echoed' : found.join('; '),
  }
}

export const earlyAnswersEcho: Attack = {
  name: 'early answers',
  attempt: async (target) => {
    const { recordApi, fhirIngest } = target
    const root = new URL(fhirIngest).pathname
    return [
      await outcomeOf('record-api', recordApi, ofRecordApi()),
      await outcomeOf('fhir-ingest', fhirIngest, ofFhirIngest(root, await systemToken(target))),
    ]
  },
}

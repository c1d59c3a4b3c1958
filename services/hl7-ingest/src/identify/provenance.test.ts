import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { hl7Checks } from './load-sources.ts'
import { type ListenerPorts, ownPortsOf } from './provenance.ts'
import { sandboxSource } from './sandbox-source.ts'

const like = sandboxSource('RJZ', { maxMessageBytes: 1_000_000, idleFrameMs: 1_000 })
const source = (ods: string, match: Partial<Source['hl7']['match']>): Source => ({
  ...like,
  ods,
  kind: 'trust',
  hl7: { ...like.hl7, match: { ...like.hl7.match, ...match } },
})
const ports: ListenerPorts = { mllpPort: 2575, mllpTlsPort: 2576, mllpSandboxPort: null }
const addresses = ['192.0.2.0/28']

const problems = (one: Source, production: boolean, listening: ListenerPorts | null = ports) =>
  hl7Checks(new Set(), listening, production).ofOne(one)

test.each<[string, Partial<Source['hl7']['match']>]>([
  ['MSH-3 and MSH-4', { sendingApplications: ['PAS'], sendingFacilities: ['RJZ'] }],
  ['a port without addresses', { ports: [2601], sendingFacilities: ['RJZ'] }],
  ['addresses without a port', { addresses, sendingFacilities: ['RJZ'] }],
])('%s alone prove nothing: refused in production only', (_, match) => {
  const one = source('RJZ', match)
  expect(problems(one, true)).toEqual([
    expect.stringMatching(/^\/hl7\/match proves nothing: .{60}/),
  ])
  expect(problems(one, true, null)).toHaveLength(1)
  expect(problems(one, false)).toEqual([])
})

test.each<[string, Partial<Source['hl7']['match']>]>([
  ['a certificate', { certificates: ['engine.rjz.example'] }],
  ['a certificate on the TLS port', { certificates: ['engine.rjz.example'], ports: [2576] }],
  ['a port of its own with addresses', { ports: [2601], addresses }],
])('%s is accepted in production', (_, match) => {
  expect(problems(source('RJZ', match), true)).toEqual([])
})

test('in production a certificate needs the TLS port', () => {
  const one = source('RJZ', { certificates: ['engine.rjz.example'] })
  const withoutTls = { ...ports, mllpTlsPort: null }
  expect(problems(one, true, withoutTls)).toEqual([expect.stringContaining('MLLP_TLS_PORT')])
  expect(problems(one, false, withoutTls)).toEqual([])
})

test('in production addresses must not be everyone', () => {
  const one = source('RJZ', { ports: [2601], addresses: ['192.0.2.7', '0.0.0.0/0'] })
  expect(problems(one, true)).toEqual([
    expect.stringMatching(/^\/hl7\/match\/addresses\/1 is too wide/),
  ])
})

test('in production two sources have no port in common', () => {
  const match = { ports: [2600, 2601], addresses }
  const [one, other] = [
    source('RJZ', { ...match, sendingFacilities: ['RJZ'] }),
    source('RJ1', { ...match, ports: [2601], sendingFacilities: ['RJ1'] }),
  ]
  const between = (production: boolean) =>
    hl7Checks(new Set(), ports, production).ofTwo(one, { file: 'rj1.json', source: other })
  expect(between(true)).toEqual([
    expect.stringMatching(/^\/hl7\/match\/ports\/1 is also in rj1\.json/),
  ])
  expect(between(false)).toEqual([])
})

test('a certificate and a port of its own do not conflict', () => {
  const [one, other] = [
    source('RJZ', { certificates: ['engine.rjz.example'] }),
    source('RJ1', { ports: [2601], addresses }),
  ]
  expect(hl7Checks(new Set(), ports, true).ofTwo(one, { file: 'rj1.json', source: other })).toEqual(
    [],
  )
})

test('what is not an address or a port where it can arrive is refused everywhere', () => {
  const one = source('RJZ', { ports: [2577], addresses: ['rjz.example', '192.0.2.0/33'] })
  expect(problems(one, false, { ...ports, mllpSandboxPort: 2577 })).toEqual([
    expect.stringMatching(/^\/hl7\/match\/addresses\/0 /),
    expect.stringMatching(/^\/hl7\/match\/addresses\/1 /),
    '/hl7/match/ports/0 is MLLP_SANDBOX_PORT, which takes anyone',
  ])
  const certified = source('RJZ', { certificates: ['a'], ports: [2601] })
  expect(problems(certified, false)).toEqual([expect.stringContaining('must be MLLP_TLS_PORT')])
})

test('ports that source files name are opened, beside those of the settings', () => {
  const sources = [
    source('RJZ', { ports: [2601, 2575] }),
    source('RJ1', { ports: [2601, 2602] }),
    source('RJ2', { ports: [2576], certificates: ['a'] }),
  ]
  expect([...ownPortsOf(sources, ports)]).toEqual([2601, 2602])
})

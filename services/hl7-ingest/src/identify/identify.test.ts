import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { type Header, readHeader } from '@tideway/hl7v2/lexer/header'
import { identify, type Peer } from './identify.ts'
import { sandboxOrganisation, sandboxSource } from './sandbox-source.ts'

const source = (ods: string, match: Partial<Source['hl7']['match']>): Source => {
  const like = sandboxSource(ods, { maxMessageBytes: 1_000_000, idleFrameMs: 1_000 })
  return { ...like, kind: 'trust', hl7: { ...like.hl7, match: { ...like.hl7.match, ...match } } }
}
const header = (application: string, facility: string) =>
  readHeader(
    Buffer.from(`MSH|^~\\&|${application}|${facility}^urn^ISO|||20260701||ADT^A01|1|P|2.4\r`),
  ) as Header
const peer = (port = 2575, certificate: Peer['certificate'] = null, address = '192.0.2.7'): Peer => ({
  port,
  address,
  certificate,
})
const certificate = { commonName: 'engine.rj1.example', fingerprint: 'ab'.repeat(32) }

test('by MSH-4.1, and every condition of the source must hold', () => {
  const sources = [
    source('RJZ', { sendingFacilities: ['RJZ', 'KCH'], sendingApplications: ['PAS'] }),
    source('RJ1', { sendingFacilities: ['RJ1'] }),
  ]
  expect(identify(sources, peer(), header('PAS', 'KCH'))?.ods).toBe('RJZ')
  expect(identify(sources, peer(), header('LIMS', 'KCH'))).toBeNull()
  expect(identify(sources, peer(), header('ANY', 'RJ1'))?.ods).toBe('RJ1')
  expect(identify(sources, peer(), header('ANY', ''))).toBeNull()
})

test('by port', () => {
  const sources = [source('RJZ', { ports: [2600] })]
  expect(identify(sources, peer(2600), header('', ''))?.ods).toBe('RJZ')
  expect(identify(sources, peer(2575), header('', ''))).toBeNull()
})

test.each([[certificate.commonName], [certificate.fingerprint], ['AB:'.repeat(32).slice(0, -1)]])(
  'by certificate %s',
  (wanted) => {
    const sources = [source('RJ1', { certificates: [wanted] })]
    expect(identify(sources, peer(2575, certificate), header('', ''))?.ods).toBe('RJ1')
    expect(
      identify(sources, peer(2575, { commonName: 'other', fingerprint: 'cd' }), header('', '')),
    ).toBeNull()
    expect(identify(sources, peer(), header('', ''))).toBeNull()
  },
)

test('of two matching sources, the one with more conditions', () => {
  const sources = [
    source('RJZ', { sendingFacilities: ['X'] }),
    source('RJ1', { sendingFacilities: ['X'], ports: [2600] }),
  ]
  expect(identify(sources, peer(2600), header('', 'X'))?.ods).toBe('RJ1')
  expect(identify(sources, peer(2575), header('', 'X'))?.ods).toBe('RJZ')
})

test.each([
  ['RXX', 'RXX'],
  [null, 'SANDBOX'],
  ['| ^', 'SANDBOX'],
  ["St. Mary's / Ward-9_B", 'St.MarysWard-9_B'],
  ['x'.repeat(100), 'x'.repeat(40)],
])('a sandbox sender %s is organisation %s', (facility, organisation) => {
  expect(sandboxOrganisation(facility)).toBe(organisation)
})

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
const peer = (
  port = 2575,
  certificate: Peer['certificate'] = null,
  address = '192.0.2.7',
): Peer => ({
  port,
  address,
  certificate,
})
const certificate = {
  commonName: 'engine.rj1.example',
  alternativeNames: ['rj1.example', 'urn:rj1'],
  fingerprint: 'ab'.repeat(32),
}
/** ODS code of the source, or why there is none. */
const sentBy = (...[sources, from, header]: Parameters<typeof identify>) => {
  const found = identify(sources, from, header)
  return typeof found === 'string' ? found : found.ods
}

test('by MSH-4.1, and every condition of the source must hold', () => {
  const sources = [
    source('RJZ', { sendingFacilities: ['RJZ', 'KCH'], sendingApplications: ['PAS'] }),
    source('RJ1', { sendingFacilities: ['RJ1'] }),
  ]
  expect(sentBy(sources, peer(), header('PAS', 'KCH'))).toBe('RJZ')
  expect(sentBy(sources, peer(), header('LIMS', 'KCH'))).toBe('UNKNOWN_SOURCE')
  expect(sentBy(sources, peer(), header('ANY', 'RJ1'))).toBe('RJ1')
  expect(sentBy(sources, peer(), header('ANY', ''))).toBe('UNKNOWN_SOURCE')
})

test('by port', () => {
  const sources = [source('RJZ', { ports: [2600] })]
  expect(sentBy(sources, peer(2600), header('', ''))).toBe('RJZ')
  expect(sentBy(sources, peer(2575), header('', ''))).toBe('UNKNOWN_SOURCE')
})

test.each([
  [certificate.commonName],
  ...certificate.alternativeNames.map((name) => [name]),
  [certificate.fingerprint],
  ['AB:'.repeat(32).slice(0, -1)],
])('by certificate %s', (wanted) => {
  const sources = [source('RJ1', { certificates: [wanted] })]
  expect(sentBy(sources, peer(2575, certificate), header('', ''))).toBe('RJ1')
  const other = { commonName: 'other', alternativeNames: ['other'], fingerprint: 'cd' }
  expect(sentBy(sources, peer(2575, other), header('', ''))).toBe('UNKNOWN_SOURCE')
  expect(sentBy(sources, peer(), header('', ''))).toBe('UNKNOWN_SOURCE')
})

test('of two matching sources, the one with more conditions', () => {
  const sources = [
    source('RJZ', { sendingFacilities: ['X'] }),
    source('RJ1', { sendingFacilities: ['X'], ports: [2600] }),
  ]
  expect(sentBy(sources, peer(2600), header('', 'X'))).toBe('RJ1')
  expect(sentBy(sources, peer(2575), header('', 'X'))).toBe('RJZ')
})

test('by port and address', () => {
  const sources = [source('RJZ', { ports: [2600], addresses: ['192.0.2.0/28', '2001:db8::/32'] })]
  const from = (address: string, port = 2600) =>
    sentBy(sources, peer(port, null, address), header('', ''))
  expect(from('192.0.2.15')).toBe('RJZ')
  expect(from('2001:db8::7')).toBe('RJZ')
  expect(from('192.0.2.16')).toBe('UNKNOWN_SOURCE')
  expect(from('192.0.2.15', 2575)).toBe('UNKNOWN_SOURCE')
})

const rj1 = source('RJ1', { certificates: ['engine.rj1.example'], sendingFacilities: ['RJ1'] })
const rjz = source('RJZ', { ports: [2600], addresses: ['192.0.2.0/28'] })
const rj2 = source('RJ2', { sendingFacilities: ['RJ2'] })
const pas = source('RXX', { certificates: ['engine.rxx.example'], sendingApplications: ['PAS'] })
const hub = source('RYY', { certificates: ['engine.rj1.example'], sendingFacilities: ['RYY'] })
const engineOfRxx = { commonName: 'engine.rxx.example', alternativeNames: [], fingerprint: 'cd' }

test.each([
  ['what its certificate says', peer(2576, certificate), 'LIMS|RJ1', 'RJ1'],
  ['another that shares the certificate', peer(2576, certificate), 'LIMS|RYY', 'RYY'],
  ['another source than its certificate', peer(2576, certificate), 'LIMS|RJ2', 'SENDER_MISMATCH'],
  ['nothing known, with a certificate', peer(2576, certificate), 'LIMS|NEW', 'SENDER_MISMATCH'],
  ['a source with a certificate, without it', peer(), 'LIMS|RJ1', 'SENDER_MISMATCH'],
  ['a source with another certificate', peer(2576, engineOfRxx), 'PAS|RJ1', 'SENDER_MISMATCH'],
  ['another facility, with the application', peer(2576, engineOfRxx), 'PAS|RJ2', 'SENDER_MISMATCH'],
  ['its own application', peer(2576, engineOfRxx), 'PAS|ANY', 'RXX'],
  ['anything, on its port', peer(2600), 'LIMS|ANY', 'RJZ'],
  ['another source, on its port', peer(2600), 'LIMS|RJ2', 'SENDER_MISMATCH'],
  ['another application, on its port', peer(2600), 'PAS|ANY', 'SENDER_MISMATCH'],
  ['a source, from another address', peer(2600, null, '198.51.100.1'), 'LIMS|RJ2', 'RJ2'],
  ['nothing known', peer(), 'LIMS|NEW', 'UNKNOWN_SOURCE'],
  ['what a source without a proof sends', peer(), 'LIMS|RJ2', 'RJ2'],
])('a message that says %s', (_, from, sent, expected) => {
  const [application = '', facility = ''] = sent.split('|')
  expect(sentBy([rj1, rjz, rj2, pas, hub], from, header(application, facility))).toBe(expected)
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

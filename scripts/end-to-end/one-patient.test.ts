import { patient, read as readFhir, sender } from '@tideway/fhir-ingest/sender.fixture'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { decide } from '@tideway/identity/decide/decide'
import { traitsOf } from '@tideway/identity/traits-of-head'
import { evolveHead, newHead } from '@tideway/record/demographics/head'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { mappings, trust as x99 } from './trust.fixture.ts'

const byNhsNumber = sender('X99', { patientsByNhsNumber: true })

const ofHl7 = (pid3: string, born = '19600201', name = 'NG^ANN'): PatientEvent[] => {
  const text = `MSH|^~\\&|PAS|X99|T|S|20260701091500||ADT^A31|1|P|2.5.1\rPID|1||${pid3}||${name}||${born}|F\r`
  const bytes = Buffer.from(text)
  return normalise({ source: x99, bytes, receivedAt: 1_782_900_000_000_000 }, mappings, {
    production: false,
  }).events
}
const ofFhir = (...identifier: object[]): PatientEvent[] =>
  readFhir(patient('', { identifier }), byNhsNumber).events
const keyOf = (events: readonly PatientEvent[]) => events[0]?.patientKey
const headOf = (events: readonly PatientEvent[]): PatientHead =>
  events.reduce(evolveHead, newHead(keyOf(events) as string))

const now = '2026-07-02T00:00:00Z'
const linkOf = (a: PatientHead, b: PatientHead) => decide(traitsOf(a, now), traitsOf(b, now)).how

const nhs = (value: string) => ({ system: 'https://fhir.nhs.uk/Id/nhs-number', value })
const chi = (value: string) => ({ system: 'https://fhir.nhs.uk/Id/chi-number', value })

test.each([
  ['9991001018^^^NHS^NH', [nhs('9991001018')]],
  ['999 100 1018^^^^NH', [nhs('9991001018')]],
  ['9991001018^^^2.16.840.1.113883.2.1.4.1', [nhs('999 100 1018')]],
  ['0101010125^^^CHI', [chi('0101010125')]],
  ['9991001018^^^^NH~0101010125^^^^CHI', [chi('0101010125'), nhs('9991001018')]],
])('one organisation means one patient by %s, in HL7 v2 and in FHIR', (pid3, identifiers) => {
  expect(keyOf(ofHl7(pid3))).toMatch(/^X99\|fhir:[0-9a-f]{16}$/)
  expect(keyOf(ofHl7(pid3))).toBe(keyOf(ofFhir(...identifiers)))
})

test('a number of the organisation that comes later is another source patient of the same person', () => {
  const first = headOf(ofHl7('9991001018^^^NHS^NH'))
  const later = headOf(ofHl7('7^^^X99^MR~9991001018^^^NHS^NH'))
  const inFhir = headOf(ofFhir(nhs('9991001018')))
  expect([first._id, later._id]).toEqual([inFhir._id, 'X99|7'])
  expect(linkOf(later, first)).toBe('auto')
})

test('a number given to two people joins neither: another day of birth is another person', () => {
  const [one, other] = [
    headOf(ofHl7('9991001018^^^^NH')),
    headOf(ofHl7('9991001018^^^^NH', '19700303', 'X^BO')),
  ]
  expect(one._id).not.toBe(other._id)
  expect(linkOf(one, other)).toBe('work-item')
})

test('without a birth date a number links nothing by itself: somebody decides', () => {
  const [one, undated] = [headOf(ofHl7('9991001018^^^^NH')), headOf(ofHl7('9991001018^^^^NH', ''))]
  expect(one._id).not.toBe(undated._id)
  expect(linkOf(one, undated)).toBe('work-item')
})

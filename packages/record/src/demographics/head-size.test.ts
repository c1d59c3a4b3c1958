import { type EventBody, unsaid } from '@tideway/schemas/events.generated'
import { compactHead } from '@tideway/schemas/documents/storage-format'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { serialize } from 'bson'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evolveEntry } from '../entries/entry.ts'
import {
  at,
  coded,
  details,
  event,
  identifier,
  observation,
  patient,
  result,
  visit,
  ward,
} from '../entries/histories.fixture.ts'
import { withLines } from '../summary/head-lines.ts'
import { fitHead } from './fit-head.ts'
import { evolveHead, newHead } from './head.ts'

const storedBytes = (head: PatientHead): number => serialize(compactHead(head)).length

test('a head as stored stays under 16 KB after the longest history with the longest lines', () => {
  const long = 'Paediatric Critical Care, Tower 2, East'
  const flagged = Array.from({ length: 40 }, (_, index) =>
    observation('F', '1234.5', {
      key: `K${index}`,
      code: coded(`K${index}`, long),
      flags: ['HH'],
      bodySite: coded(`S${index}`, `${index} ${long}`),
      method: coded('M', long),
      device: long,
      place: `OBX[${index}]`,
    }),
  )
  const address = {
    ...unsaid.Address(),
    lines: [long, long],
    city: 'London',
    postcode: 'SE5 9RS',
    country: 'GBR',
    use: 'H',
  }
  const practitioner = {
    ...unsaid.Practitioner(),
    identifier: 'G1234567',
    authority: 'GMC',
    family: long,
    given: ['A'],
    prefix: 'Dr',
  }
  const words = coded('W', `${long} `.repeat(8))
  const statementsOf = (index: number): EventBody[] => [
    { ...unsaid.AllergyReported(), allergyId: `A${index}`, code: words, category: 'DRUG' },
    { ...unsaid.AllergyReported(), allergyId: `N${index}`, code: coded('NKDA', null) },
    { ...unsaid.ConditionReported(), conditionId: `C${index}`, category: 'problem', code: words },
    {
      ...unsaid.ConditionReported(),
      conditionId: `D${index}`,
      category: 'diagnosis',
      code: words,
      encounterId: `V${index}`,
    },
    {
      ...unsaid.MedicationPrescribed(),
      prescriptionId: `P${index}`,
      kind: 'prescription',
      control: 'NW',
      medication: words,
    },
    {
      ...unsaid.MedicationDispensed(),
      dispenseId: `E${index}`,
      prescriptionId: `Q${index}`,
      medication: words,
    },
    { ...unsaid.AlertReported(), alertId: `F${index}`, code: words, status: 'active' },
  ]
  let head = newHead(patient)
  for (let index = 0; index < 300; index += 1) {
    const told = [
      event(
        details({
          addresses: [address],
          gp: practitioner,
          gpPractice: coded('G1', long),
          religion: coded('R', long),
          identifiers: [identifier(`T${index % 8}`)],
        }),
        index * 3,
        { source: `S${index % 4}` },
      ),
      event(
        visit(
          'PatientAdmitted',
          at(index),
          { location: { ...ward(long), room: 'Bay 4', bed: '12' }, patientClass: 'OUTPATIENT' },
          `V${index}`,
        ),
        index * 3 + 1,
      ),
      event(
        result(flagged, {
          reportId: `F${index}^UE`,
          service: coded('UE', long),
          collectedAt: at(index),
        }),
        index * 3 + 2,
      ),
      event(
        {
          type: 'PatientsMerged',
          surviving: [],
          prior: [],
          priorKeys: [`RJZ|P${index}`],
          priorAccount: null,
          priorVisit: null,
          priorNames: [],
          survivingKey: null,
          mergedAt: at(index),
        },
        index * 3 + 1,
      ),
      ...statementsOf(index).map((body) => event(body, index * 3 + 2)),
    ]
    for (const each of told.map((one) => ({
      ...one,
      messageId: one.messageId.padStart(32, '0'),
      notShown: {
        count: 100,
        places: Array.from({ length: 20 }, (_, n) => `OBX[${index * 100 + n}]-${index}[2].12.3`),
      },
    }))) {
      head = evolveHead(head, each)
      const entry = evolveEntry(null, each)
      if (entry !== null) head = withLines(head, [entry]).head
    }
  }
  expect([
    head.encounters.length,
    head.latestReports.length,
    head.merges.length,
    head.identifiers.length,
    head.notShownOfPatient?.length,
  ]).toEqual([12, 12, 10, 8, 2])
  const lists = ['allergies', 'problems', 'medicines', 'alerts'] as const
  expect(lists.map((field) => head[field].length)).toEqual([8, 8, 8, 8])
  const fitted = fitHead(head)
  expect(storedBytes(head)).toBeGreaterThan(16 * 1024)
  expect(storedBytes(fitted)).toBeLessThan(16 * 1024)
  const { details: left = 0 } = fitted.shortened ?? {}
  expect(Object.keys(fitted.details).length + left).toBe(4)
  expect(fitted.details['S3']).toEqual(head.details['S3'])
  expect(fitted.allergies).toEqual(head.allergies)
  for (const field of ['latestReports', 'encounters', 'problems', 'medicines', 'alerts'] as const) {
    expect(fitted[field].length).toBeGreaterThanOrEqual(4)
    expect(fitted[field]).toEqual(head[field].slice(0, fitted[field].length))
    expect(fitted[field].length + (fitted.shortened?.[field] ?? 0)).toBe(head[field].length)
  }
})

const words = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom('Ł'.repeat(300), '€'.repeat(3_000), 'x'.repeat(40_000)),
)

test('whatever is told of a patient, the head as stored stays under 16 KB and says what is missing', () => {
  const anyEvent = fc.oneof(
    fc.record({ numbers: fc.nat(60), text: words, source: fc.nat(60) }).map((one) => ({
      source: `S${one.source}`,
      body: details({
        names: Array.from({ length: one.numbers }, () => ({
          ...unsaid.PersonName(),
          family: one.text,
        })),
        religion: coded('R', one.text),
        identifiers: Array.from({ length: one.numbers }, (_, n) => identifier(`${one.text}${n}`)),
        zSegments: [one.text],
      }),
    })),
    fc.record({ number: fc.nat(99), text: words }).map(({ number, text }) => ({
      source: 'RJZ',
      body: { ...unsaid.AllergyReported(), allergyId: `A${number}`, code: coded(text, text) },
    })),
    fc.record({ number: fc.nat(99), text: words }).map(({ number, text }) => ({
      source: 'RJZ',
      body: visit('PatientAdmitted', at(number), { location: ward(text) }, `V${number}`),
    })),
    fc.record({ count: fc.nat(400), text: words }).map(({ count, text }) => ({
      source: 'RJZ',
      body: {
        type: 'PatientsMerged' as const,
        surviving: [],
        prior: [],
        priorKeys: Array.from({ length: count }, (_, n) => `RJZ|${n}${text}`),
        priorAccount: null,
        priorVisit: null,
        priorNames: [],
        survivingKey: null,
        mergedAt: at(count % 60),
      },
    })),
  )
  fc.assert(
    fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 60 }), (all) => {
      const head = all.reduce((before, { body, source }, sent) => {
        const told = event(body as EventBody, sent, { source })
        const entry = evolveEntry(null, told)
        const after = evolveHead(before, told)
        return fitHead(entry === null ? after : withLines(after, [entry]).head)
      }, newHead(patient))
      expect(storedBytes(head)).toBeLessThan(16 * 1024)
    }),
    { numRuns: 150 },
  )
})

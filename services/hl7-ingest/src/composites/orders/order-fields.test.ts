import type { MedicationPrescribed, ResultReported } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { given } from '../../normalise/normalise.fixture.ts'
import { bodies, requests } from './orders.fixture.ts'

const doctor = 'C1^CONSULTANT^ALEX'
const checker = 'C2^CHECKER^SAM'
const identifiers = (people: readonly { identifier: string | null }[] | undefined) =>
  people?.map(({ identifier }) => identifier)

test('who verified and who ordered, why it changed, the reason for the study and what is known', () => {
  const [request] = requests(
    `ORC|HD|P1||||||||C0^CLERK|${checker}|${doctor}||||ASLEEP^Asleep`,
    'OBR|1|P1||CT||||||||INF^Infectious|CKD stage 4~On dialysis||||||||||||||||||AKI^Acute kidney injury~^Haematuria',
  )
  expect(request).toMatchObject({
    controlReason: { text: 'Asleep' },
    reasons: [{ code: 'AKI' }, { text: 'Haematuria' }],
    clinicalInformation: 'CKD stage 4\nOn dialysis',
    danger: 'Infectious (INF)',
  })
  expect([identifiers(request?.verifiers), identifiers(request?.requesters)]).toEqual([
    ['C2'],
    ['C1'],
  ])
})

test('of a result too it is known who verified the order, who ordered it and why it changed', () => {
  const { events } = given(
    [
      'MSH|^~\\&|LIMS|X99|T|S|20260701091500||ORU^R01|1|P|2.5.1',
      'PID|1||1002003^^^X99^MR',
      `ORC|XX|P1|F1||||||||${checker}|${doctor}||||ADD^Test added`,
      'OBR|1|P1|F1|UE||||||||||||C3^OTHER^DOC',
      'OBX|1|NM|K||5.1|mmol/L|||||F',
      '',
    ].join('\r'),
  )
  const report = events.find(({ body }) => body.type === 'ResultReported')?.body as ResultReported
  expect(identifiers(report.verifiers)).toEqual(['C2'])
  expect(identifiers(report.requesters)).toEqual(['C3', 'C1'])
  expect(report.controlReason).toMatchObject({ text: 'Test added' })
})

test.each([
  ['RXD|1|A|20260701', 'MedicationDispensed'],
  ['RXA|1|1|20260701||A', 'MedicationGiven'],
])('who ordered and verified %s is kept with it', (segment, type) => {
  const read = bodies('medicines', [`ORC|RE|P1||||||||${''}|${checker}|${doctor}`, segment])
  const one = read.find((body) => body.type === type) as unknown as {
    prescribers: { identifier: string }[]
    verifiers: { identifier: string }[]
  }
  expect([identifiers(one.prescribers), identifiers(one.verifiers)]).toEqual([['C1'], ['C2']])
})

test('notes of an order keep question and answer, and their text whole', () => {
  const [request] = requests(
    'ORC|NW|P1',
    'NTE|1||Pregnant=No',
    'OBR|1|P1||CT',
    'NTE|1||Fasting? : Yes~please phone',
    'NTE|2||Bled at 10:30',
    `NTE|3||LMP: 12/03/2026|AI^Ancillary|${doctor}`,
  )
  expect(request?.notes).toEqual([
    'Pregnant=No',
    'Fasting? : Yes\nplease phone',
    'Bled at 10:30',
    'LMP: 12/03/2026',
  ])
  expect(
    request?.noteDetails.map(({ text, question, answer, kind }) => [
      text,
      question,
      answer,
      kind?.code ?? null,
    ]),
  ).toEqual([
    ['Pregnant=No', 'Pregnant', 'No', null],
    ['Fasting? : Yes\nplease phone', 'Fasting?', 'Yes', null],
    ['LMP: 12/03/2026', 'LMP', '12/03/2026', 'AI'],
  ])
})

test('an answer at a prescription is one too; a comment on a result is not', () => {
  const [prescription] = bodies('medicines', ['ORC|NW|P1', 'RXO|A', 'NTE|1||Weight: 18 kg'])
  expect((prescription as MedicationPrescribed).noteDetails).toMatchObject([
    { question: 'Weight', answer: '18 kg' },
  ])
  const [request] = requests('ORC|NW|P1', 'OBR|1|P1||CT', 'OBX|1|CWE|PREG^Pregnant||N^No')
  expect(request?.answers).toMatchObject([{ code: { text: 'Pregnant' }, value: 'No' }])
})

test.each([
  ['ORC|SC|P1', 'F', 'completed', 'F'],
  ['ORC|SC|P1', 'I', 'in-progress', 'I'],
  ['ORC|SC|P1', 'X', 'cancelled', 'X'],
  ['ORC|SC|P1', 'done', 'unknown', 'done'],
  ['ORC|SC|P1|||IP', 'F', 'in-progress', 'IP'],
  ['ORC|SC|P1|||IP', 'X', 'cancelled', 'X'],
  ['ORC|SC|P1|||Finished', 'F', 'unknown', 'Finished'],
  ['ORC|SC|P1|||Finished', '', 'unknown', 'Finished'],
])('%s with OBR-25 %s: the order is %s, as sent %s', (orc, result, status, statusAsSent) => {
  expect(requests(orc, `OBR|1|P1||CT|||||||||||||||||||||${result}`)[0]).toMatchObject({
    status,
    statusAsSent,
  })
})

test('a diet of several parts keeps each, and the words of the order', () => {
  expect(
    requests('ORC|NW|P1', 'ODS|D||RENAL^Renal|No juice~No nuts', 'ODS|P||NUTS')[0],
  ).toMatchObject({
    service: { text: 'Renal' },
    clinicalInformation: 'No juice\nNo nuts',
    supplementalServices: [{ code: 'NUTS' }],
  })
})

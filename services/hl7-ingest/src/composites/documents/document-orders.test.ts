import { readFileSync } from 'node:fs'
import type { RequestReported } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import mdm from '../../mappings/mdm-t01.ts'
import { type Hl7Message, parse } from '@tideway/hl7v2/lexer/message'

const source = JSON.parse(
  readFileSync(new URL('../../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
const bodiesOf = (...segments: string[]) =>
  mdm
    .toEvents(
      parse(
        ['MSH|^~\\&|||||||MDM^T02', 'PID|||1^^^X99^MR', ...segments].join('\r'),
        'utf-8',
      ) as Hl7Message,
      { source, messageId: 'm1', production: false, fixes: [], times: new Map() },
    )
    .slice(1)
    .map(({ body }) => body)

const document = ['TXA|1|OP||||||||||D1', 'OBX|1|TX|A^Text||Dear||||||F']

test('each order before the document is reported, and the document content is not its result', () => {
  const [first, second, ...rest] = bodiesOf(
    'ORC|SC|P1',
    'OBR|1|P1||ECHO',
    'NTE|1||of the echo',
    'ORC|SC|P2',
    'OBR|2|P2||3D',
    ...document,
  ) as RequestReported[]
  expect([first?.requestId, first?.notes, second?.requestId, second?.answers]).toEqual([
    'P1',
    ['of the echo'],
    'P2',
    [],
  ])
  expect(rest.map(({ type }) => type)).toEqual(['DocumentReported'])
})

test.each([[['ORC|SC']], [['ORC|SC', 'OBR|1']], [['ORC|SC|""', 'OBR|1|^X99']]])(
  '%j, an order that nothing identifies, does not block the document',
  (order) => {
    expect(bodiesOf(...order, ...document).map(({ type }) => type)).toEqual(['DocumentReported'])
  },
)

test('the order of a document of another patient is not reported either', () => {
  expect(
    bodiesOf(
      'ORC|SC|P1',
      'OBR|1|P1||ECHO',
      'TXA|1|OP||||||||||D1',
      'OBX|1|TX|A^Text||Dear||||||W',
    ).map(({ type }) => type),
  ).toEqual(['DocumentReported'])
})

test('an unidentified visit is reported with the document only', () => {
  const all = bodiesOf('PV1|1|O|CLINIC|||OLD|C1^RAO', 'TXA|1|CN||||||||||D1')
  expect(all).toMatchObject([
    {
      type: 'DocumentReported',
      encounterId: null,
      location: { pointOfCare: 'CLINIC' },
      toldVisit: {
        patientClass: 'OUTPATIENT',
        location: null,
        priorLocation: { pointOfCare: 'OLD' },
        attending: [{ identifier: 'C1' }],
      },
    },
  ])
  expect(bodiesOf(`PV1|1|I${'|'.repeat(17)}V1^^^X99`, 'TXA|1|CN||||||||||D1').at(-1)).toMatchObject(
    {
      encounterId: 'V1',
      toldVisit: null,
    },
  )
})

test('consents, notes and participants after the document are reported with it', () => {
  const [document] = bodiesOf(
    'TXA|1|CN||||||||||D1',
    'NTE|1||first',
    'PRT||AD||AU|C1^RAO',
    'CON|1|001|F2|9||For surgery||||W|A|20260630|20260701|||Y|||||||UNABLE|SMITH^ROB~SMITH^SUE|SPO',
    'OBX|1|TX|L||Dear',
    'NTE|1||second||C2',
    'PRT||AD||PO||||CLINIC',
  ).flatMap((body) => (body.type === 'DocumentReported' ? [body] : []))
  expect(document).toMatchObject({
    text: 'Dear',
    notes: ['first', 'second'],
    noteDetails: [{ text: 'second', enteredBy: { identifier: 'C2' } }],
    participants: [{ practitioner: { identifier: 'C1' } }, { organisation: { name: 'CLINIC' } }],
    consents: [
      {
        kind: { code: '001' },
        formId: 'F2',
        formNumber: '9',
        specificTexts: ['For surgery'],
        mode: { code: 'W' },
        status: 'A',
        discussedAt: '2026-06-30',
        decidedAt: '2026-07-01',
        competent: 'Y',
        otherConsenterReason: { code: 'UNABLE' },
        consenters: [{ family: 'SMITH', given: ['ROB'] }, { given: ['SUE'] }],
        relationships: [{ code: 'SPO' }],
      },
    ],
  })
})

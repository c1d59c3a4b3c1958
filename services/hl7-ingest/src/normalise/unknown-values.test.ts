import type { EventBody } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { a01, given, msh, obr, oru, pid, problemOf } from './normalise.fixture.ts'

const bodies = (text: string): EventBody[] => given(text).events.map(({ body }) => body)
const first = <T extends EventBody['type']>(text: string, type: T) =>
  bodies(text).find((body) => body.type === type) as Extract<EventBody, { type: T }> | undefined

test.each(['2.9', '2.5.1^GBR', '2.3.1^GBR&United Kingdom', '', 'D', '9.9', 'v2.4', '2'])(
  'a version we do not know (MSH-12 %j) changes nothing',
  (version) => {
    const text = a01.replace('|P|2.4\r', `|P|${version}\r`)
    expect(given(text).problem).toBeNull()
    expect(bodies(text)).toEqual(bodies(a01))
  },
)

test.each(['adt^a01', 'Adt^A01^adt_a01', ' ADT ^ A01 '])(
  'the message type is known in any case: %j',
  (type) => {
    const sent = given(a01.replace('ADT^A01', type))
    expect([sent.type, sent.problem]).toEqual(['ADT^A01', null])
    expect(sent.events.map(({ body }) => body)).toEqual(bodies(a01))
  },
)

test('a trigger that decides what happened is known in any case', () => {
  const discharge = `${msh('adt^a03')}${pid}PV1|1|I|||||||||||||||||V1\rPR1|1||X40.3\rOBX|1|NM|WT||18|kg|||||F\r`
  expect(bodies(discharge).map(({ type }) => type)).toContain('ResultReported')
  const cancelled = `${msh('mdm^t11')}${pid}TXA|1|DS|TX|20260701||||||||D1\r`
  expect(first(cancelled, 'DocumentReported')).toMatchObject({ trigger: 'CANCELLED' })
})

const result = `${pid}${obr}OBX|1|NM|K||6.9||||||F\r`
const order = `${pid}ORC|NW|P1\rOBR|1|P1||UE\r`

test.each([
  ['ORU^R99', result, 'ResultReported'],
  ['ORU^Z01^ORU_R01', result, 'ResultReported'],
  ['ORM^Z01^ORM_O01', order, 'RequestReported'],
  ['OMG^Z01', order, 'RequestReported'],
  ['RDE^O49', `${pid}ORC|NW|P1\rRXE||AMOX^Amoxicillin|500||mg\r`, 'MedicationPrescribed'],
  ['VXU^V99', `${pid}ORC|RE||I1\rRXA|0|1|20260701||MMR^MMR|1\r`, 'ImmunizationReported'],
])(
  'a trigger not known, of a message that its segments explain, is read: %s',
  (type, text, body) => {
    const sent = given(`${msh(type)}${text}`)
    expect([sent.problem, sent.type]).toEqual([null, type.split('^', 2).join('^')])
    expect(sent.events.map((event) => event.body.type)).toContain(body)
  },
)

test.each([
  ['ADT^Z01^ADT_A01', a01],
  ['ADT^A99^ADT_A01', a01],
  ['SIU^Z12^SIU_S12', `${msh('')}${pid}SCH|1|2\r`],
  ['MDM^Z02^MDM_T02', `${msh('')}${pid}TXA|1\r`],
  ['ADT_A01', a01],
])(
  'a trigger not known, of a message that it decides, is parked and not guessed: %s',
  (type, text) => {
    const parked = given(text.replace(/\|\|(ADT\^A01)?\|1\|P/, `||${type}|1|P`))
    expect(parked).toMatchObject({
      problem: { code: 'UNSUPPORTED_TYPE', place: 'MSH-9' },
      patientKeys: ['X99|1002003'],
      events: [],
    })
  },
)

test.each(['MFN^M02^MFN_M02', 'MFN^Z99', 'MFN', 'MFK^M01', 'ACK', 'ACK^A01^ACK', 'NAK', 'MCF^A01'])(
  '%s is about no patient: no event, and not parked',
  (type) => {
    const { problem, events, patientKeys, unused } = given(`${msh(type)}MSA|AA\rMFI|PRA\r`)
    expect([problem, events, patientKeys]).toEqual([null, [], []])
    expect(unused).toContain('MFI-1')
  },
)

test.each([
  ['nm', { valueType: 'NM', numeric: { value: 6.9 } }],
  ['XYZ', { valueType: 'XYZ', value: '6.9' }],
  ['', { valueType: null, value: '6.9' }],
])('a value of type %j (OBX-2) is read', (type, expected) => {
  const report = first(`${oru}${obr}OBX|1|${type}|K||6.9||||||F\r`, 'ResultReported')
  expect(report?.observations).toMatchObject([expected])
})

test('lines of text are one text in any case of OBX-2', () => {
  const lines = ['tx', 'TX'].map((type) =>
    first(
      `${oru}${obr}OBX|1|${type}|GDT||One||||||F\rOBX|2|${type}|GDT||Two||||||F\r`,
      'ResultReported',
    ),
  )
  expect(lines.map((one) => one?.observations.map(({ value }) => value))).toEqual([
    ['One\nTwo'],
    ['One\nTwo'],
  ])
})

test.each([
  ['f', 'final'],
  ['w', 'wrong-patient'],
  ['d', 'entered-in-error'],
  ['?', 'unknown'],
  ['DONE', 'unknown'],
])('a result of status %s (OBX-11) is %s, and kept as sent', (code, status) => {
  const report = first(`${oru}${obr}OBX|1|NM|K||6.9||||||${code}\r`, 'ResultReported')
  expect(report?.observations).toMatchObject([{ status, statusAsSent: code, value: '6.9' }])
})

test.each(['w', 'W'])('a document of another patient (OBX-11 %s) is never shown as his', (code) => {
  const document = first(
    `${msh('MDM^T02')}${pid}TXA|1|DS|TX|20260701||||||||D1\rOBX|1|TX|D||text||||||${code}\r`,
    'DocumentReported',
  )
  expect(document).toMatchObject({ status: 'wrong-patient' })
})

test.each([
  ['a sex', '|F\r', '|7\r', 'PatientDetailsReported', { sex: '7' }],
  ['a patient class', '|I|PICU', '|7|PICU', 'PatientAdmitted', { visit: { patientClass: '7' } }],
])('%s in no table is kept as sent', (_, known, sent, type, expected) => {
  expect(first(a01.replace(known, sent), type as EventBody['type'])).toMatchObject(expected)
})

test('a death that is neither yes nor no is listed as unused, not taken for either', () => {
  const sent = a01.replace('|F\r', `|F${'|'.repeat(22)}MAYBE\r`)
  expect(first(sent, 'PatientDetailsReported')).toMatchObject({ deceased: null })
  expect(given(sent).unused).toContain('PID-30')
  expect(problemOf(sent)).toBeNull()
})

test.each([
  ['AL1|1|ZZ|PEN|ZZ|rash\r', 'AllergyReported', { category: 'ZZ' }],
  ['DG1|1||N17.9|||ZZ\r', 'ConditionReported', { diagnosisType: 'ZZ' }],
  ['PR1|1||X40.3|||ZZ\r', 'ProcedureReported', { category: { code: 'ZZ' } }],
  ['NK1|1|DOE^JO|ZZ\r', 'ContactReported', { relationship: { code: 'ZZ' } }],
])('a code in no table is kept as sent: %j', (segment, type, expected) => {
  expect(first(`${a01}${segment}`, type as EventBody['type'])).toMatchObject(expected)
})

test('name, address and telephone types in no table are kept as sent', () => {
  const sent = a01
    .replace('ONEILL^SIOBHAN', 'ONEILL^SIOBHAN^^^^^Q7')
    .replace('|F\r', '|F|||1 HILL^^LONDON^^^^Q8||020^Q9\r')
  expect(first(sent, 'PatientDetailsReported')).toMatchObject({
    names: [{ use: 'Q7' }],
    addresses: [{ use: 'Q8' }],
    telecoms: [{ use: 'Q9' }],
  })
})

test.each(['D', 'd'])(
  'a deleted part of an appointment (AIS-2 %s) is not its service',
  (action) => {
    const appointment = first(
      `${msh('SIU^S12')}SCH|1|2|||||||||^^^202607010900\r${pid}RGS|1\rAIS|1|${action}|OLD\rAIS|2|A|NEW\r`,
      'AppointmentReported',
    )
    expect(appointment).toMatchObject({ service: { code: 'NEW' } })
  },
)

test.each(['LAN|1|2|EN', 'XYZ|1|text', 'IAM|1||PEN', 'EDU|1'])(
  'a segment that is not read changes nothing of what the next belongs to: %s',
  (segment) => {
    const observed = 'OBX|1|NM|WT||18|kg|||||F\rROL|1|AD|AT|11^PATEL\r'
    const types = (text: string) => bodies(text).map(({ type }) => type)
    expect(types(`${a01}${segment}\r${observed}`)).toEqual(types(`${a01}${observed}`))
    expect(types(`${a01}${observed}`)).toEqual(
      expect.arrayContaining(['ResultReported', 'CareTeamMemberReported']),
    )
  },
)

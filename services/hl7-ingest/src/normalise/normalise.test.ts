import type { PatientDetailsReported, ResultReported } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { x99, xl1, given, problemOf, msh, pid, pv1, a01, oru, obr } from './normalise.fixture.ts'

test.each([
  ['', 'NOT_HL7 MSH'],
  ['hello', 'NOT_HL7 MSH'],
  [msh('ADT^A99') + pid, 'UNSUPPORTED_TYPE MSH-9'],
  [msh('') + pid, 'UNSUPPORTED_TYPE MSH-9'],
  [msh('constructor') + pid, 'UNSUPPORTED_TYPE MSH-9'],
  [`${msh('ADT^A01')}${pv1}`, 'MISSING_FIELD PID'],
  [a01.replace('1002003^^^X99^MR~9991001018^^^NHS^NH', ''), 'MISSING_FIELD PID-3'],
  [a01.replace('^^^X99^MR', '^^^OTHER^MR'), 'MISSING_FIELD PID-3'],
  [a01.replace('^^^X99^MR~9991001018^^^NHS^NH', '^^^X99^DL'), 'MISSING_FIELD PID-3'],
  [a01.replace('~9991001018', '~9991001018^^^NHS^NH~9992002018'), 'SEVERAL_PATIENTS PID-3'],
  [`${a01}${pid.replace('1002003', '1002004')}`, 'SEVERAL_PATIENTS PID[2]'],
  [`${a01}${pid.replace('9991001018', '9992002018')}`, 'SEVERAL_PATIENTS PID[2]'],
  [`${msh('ADT^A40')}${pid}`, 'MISSING_FIELD MRG'],
  [`${msh('ADT^A40')}${pid}MRG|7^^^X99^MR\r${pid}`, 'MISSING_FIELD MRG[2]'],
  [`${msh('ADT^A40')}MRG|7^^^X99^MR\r${pid}`, 'MISSING_FIELD PID'],
  [`${msh('ADT^A40')}${pid}MRG|\r`, 'MISSING_FIELD MRG-1'],
  [`${msh('ADT^A40')}${pid}MRG|1002003^^^X99^MR\r`, 'SAME_PATIENT_MERGED MRG-1'],
  [`${msh('ADT^A40')}${pid}MRG|1002003\r`, 'SAME_PATIENT_MERGED MRG-1'],
  [`${msh('ADT^A17')}${pid}${pv1}`, 'MISSING_FIELD PID[2]'],
  [`${msh('ADT^A24')}${pid}${pid}`, 'SAME_PATIENT_MERGED PID[2]-3'],
  [
    `${msh('ADT^A37')}${pid}${pid.replace('1002003', '7')}${pid.replace('1002003', '8')}`,
    'SEVERAL_PATIENTS PID[3]',
  ],
  ...['A43', 'A44', 'A45', 'A47'].map(
    (trigger) =>
      [
        `${msh(`ADT^${trigger}`)}${pid}MRG|1002003^^^X99^MR||A1||V1\r`,
        'SAME_PATIENT_MERGED MRG-1',
      ] as [string, string],
  ),
  [`${msh('ADT^A41')}${pid}MRG|1002003^^^X99^MR\r`, 'MISSING_FIELD MRG-3'],
  [`${msh('ADT^A44')}${pid}MRG|7^^^X99^MR\r`, 'MISSING_FIELD MRG-3'],
  [`${msh('ADT^A45')}${pid}MRG|7^^^X99^MR\r`, 'MISSING_FIELD MRG-5'],
  [`${msh('ADT^A50')}${pid}MRG|7^^^X99^MR\r`, 'MISSING_FIELD MRG-5'],
])('parked: %j', (content, problem) => {
  expect(problemOf(content)).toBe(problem)
  expect(given(content)).toMatchObject({ events: [], attachments: [], unused: [] })
})

test('a parked message still lists the patients that can be read', () => {
  expect(given(`${msh('ADT^A99')}${pid}`).patientKeys).toEqual(['X99|1002003'])
  expect(given(`${a01}${pid.replace('1002003', '1002004')}`).patientKeys).toEqual([
    'X99|1002003',
    'X99|1002004',
  ])
  expect(given(`${msh('ADT^A18')}${pid}MRG|7^^^X99^MR\r`).patientKeys).toEqual([
    'X99|1002003',
    'X99|7',
  ])
})

test('the same patient twice is one patient', () => expect(problemOf(`${a01}${pid}`)).toBeNull())

test('the survivor among the merged ones does not matter', () => {
  const { events } = given(`${msh('ADT^A40')}${pid}MRG|7^^^X99^MR~1002003^^^X99^MR\r`)
  expect(events[1]?.body).toMatchObject({ type: 'PatientsMerged', priorKeys: ['X99|7'] })
})

test('before 2.3 the trigger may be in EVN-1 alone', () => {
  expect(given(a01.replace('ADT^A01', 'ADT'))).toMatchObject({ type: 'ADT^A01', problem: null })
})

test('the structure in MSH-9.3 does not matter', () => {
  expect(given(a01.replace('ADT^A01|', 'ADT^A03^ADT_A28|')).events[1]?.body.type).toBe(
    'PatientDischarged',
  )
})

test('invalid times that identify nothing are null and listed, MSH-7 included', () => {
  const { events, unused, sentAt } = given(
    `${oru.replace('20260701091500', '1 July')}OBR|1||F1|UE|||soon\rOBX|1|NM|K||4|||||||||never\r`,
  )
  expect(sentAt).toBeNull()
  expect(events[1]?.body).toMatchObject({
    collectedAt: null,
    observations: [{ observedAt: null, value: '4' }],
  })
  expect(unused).toEqual(['OBR-7', 'OBX-14'])
})

test('an NHS number of the test range is not used in production', () => {
  const details = (production: boolean) =>
    given(a01, x99, production).events[0]?.body as PatientDetailsReported
  expect([details(false).nhsNumber, details(true).nhsNumber]).toEqual(['9991001018', null])
})

test.each([
  ['L1~1002003^^^X99^MR', xl1, 'XL1|L1'],
  ['1002003^^^X99^MR~77^^^RX8^MR', xl1, 'X99|1002003'],
  ['77^^^RX8^MR~1002003^^^X99^MR', xl1, 'X98|77'],
  ['5^^^ACME^MR~1002003^^^X99^MR', xl1, 'X99|1002003'],
  ['8^^^X99^PI~9^^^X99^MR', x99, 'X99|9'],
  ['8~9^^^X99^PI', x99, 'X99|9'],
  ['8~9', x99, 'X99|8'],
  ['8^^^&X99PAS&L^PI', x99, 'X99|8'],
])('PID-3 %s is %s', (pid3, source, key) => {
  expect(given(`${msh('ADT^A31')}PID|1||${pid3}\r`, source as Source).patientKeys).toEqual([key])
})

test('PID-2 replaces PID-3 before 2.3, unless it may be an NHS number', () => {
  expect(given(`${msh('ADT^A31')}PID|1|77||88\r`).patientKeys).toEqual(['X99|77'])
  expect(given(`${msh('ADT^A31')}PID|1|9991001018||88\r`).patientKeys).toEqual(['X99|88'])
})

test.each(['\r', '|""\r'])(
  'an unidentified visit is not made up: the demographics are used, the rest is listed',
  (number) => {
    const { problem, events, unused } = given(a01.replace('|V1\r', number))
    expect(problem).toEqual({ code: 'VISIT_NOT_IDENTIFIED', place: 'PV1-19' })
    expect(events.map(({ body }) => body.type)).toEqual(['PatientDetailsReported'])
    expect(unused).toEqual(['EVN-2', 'PV1-2', 'PV1-3'])
  },
)

test('a visit number of another organisation is not used', () => {
  const { events, unused } = given(`${oru}${pv1.replace('|V1\r', '|V1^^^RX8\r')}${obr}`, xl1)
  expect(events.map((event) => event.body.type)).toEqual([
    'PatientDetailsReported',
    'ResultReported',
  ])
  expect(unused).toContain('PV1-19')
})

test.each([
  ['ADT^A45', 'PV1|1|I|PICU||||||||||||||||V2\r'],
  ['ADT^A42', 'PV1|1|I|PICU||||||||||||||||V2\r'],
  ['ADT^A50', 'PV1|1|I|PICU||||||||||||||||V2\r'],
])('%s rejects a prior visit number of another organisation', (type, visit) => {
  const message = (number: string) =>
    `${msh(type)}EVN||20260701091455\r${pid}MRG|1002009||||${number}\r${visit}`
  expect(problemOf(message('V1^^^X99'), xl1)).toBeNull()
  expect(problemOf(message('V1^^^RX8'), xl1)).toBe('INVALID_FIELD MRG-5')
})

test('moved numbers are reported under every key of the former patient', () => {
  const { events } = given(`${msh('ADT^A43')}EVN||20260701091455\r${pid}MRG|1002009~1002010\r`)
  const moves = events.filter(({ body }) => body.type === 'IdentifiersMoved')
  expect(
    moves.map(({ patientKey, body }) => [patientKey, (body as { fromKey: string }).fromKey]),
  ).toEqual([
    ['X99|1002003', 'X99|1002009'],
    ['X99|1002009', 'X99|1002009'],
    ['X99|1002003', 'X99|1002010'],
    ['X99|1002010', 'X99|1002010'],
  ])
})

test('a number not in force when the message was sent identifies no patient', () => {
  const keysFor = (ids: string) => given(`${msh('ADT^A31')}PID|1||${ids}\r`).patientKeys
  expect(keysFor('77^^^X99^MR^^20200101^20260630~88^^^X99^MR')).toEqual(['X99|88'])
  expect(keysFor('77^^^X99^MR^^20200101^20260701~88^^^X99^MR')).toEqual(['X99|77'])
  expect(
    given(
      a01.replace('PID|1||1002003^^^X99^MR', 'PID|1|1002003|1002003^^^X99^MR^^20200101^20260630'),
    ).problem,
  ).toEqual({ code: 'INVALID_FIELD', place: 'PID-3' })
  expect(keysFor('77^^^X99^MR^^20260702~88^^^X99^MR')).toEqual(['X99|88'])
  expect(keysFor('77^^^X99^MR^^^202607010914~88^^^X99^MR')).toEqual(['X99|88'])
  expect(keysFor('77^^^X99^MR^^^unknown~88^^^X99^MR')).toEqual(['X99|77'])
  expect(problemOf(`${msh('ADT^A31')}PID|1||77^^^X99^MR^^^20250630\r`)).toBe('INVALID_FIELD PID-3')
})

test('thousands of numbers that each event would repeat park the message', () => {
  const numbers = (count: number) =>
    Array.from({ length: count }, (_, n) => `${n + 1}^^^X99^MR`).join('~')
  for (const trigger of ['A40', 'A42', 'A43', 'A47'])
    expect(problemOf(`${msh(`ADT^${trigger}`)}${pid}MRG|${numbers(101)}||A1\r${pv1}`)).toBe(
      'INVALID_FIELD MRG-1',
    )
  expect(problemOf(`${msh('ADT^A40')}${pid}MRG|${numbers(20)}\r`)).toBeNull()
  expect(
    problemOf(`${msh('ADT^A45')}${'EVN|A45|20260701\r'.repeat(400)}${pid.repeat(400)}`),
  ).toMatch(/^INVALID_FIELD PID\[\d+\]$/)
  expect(
    problemOf(`${oru}${pv1.replace('\r', `${'|'.repeat(31)}${numbers(200)}\r`)}${obr.repeat(200)}`),
  ).toBe('INVALID_FIELD PV1[1]')
})

test('a superseded NHS number is not reported beside the current one', () => {
  const { events, problem } = given(
    `${msh('ADT^A31')}PID|1||77^^^X99^MR~9991001018^^^NHS^NH^^^20250101~9991001026^^^NHS^NH\r`,
  )
  expect(problem).toBeNull()
  expect(events[0]?.body).toMatchObject({ nhsNumber: '9991001026', deleted: [] })
  const alone = given(`${msh('ADT^A31')}PID|1||77^^^X99^MR~9991001018^^^NHS^NH^^^20250101\r`)
    .events[0]?.body
  expect(alone).toMatchObject({ nhsNumber: null, deleted: ['nhsNumber'] })
})

test('two reports with the same number and service in a message stay separate', () => {
  const ids = given(`${oru}${obr}${obr}`)
    .events.slice(1)
    .map((event) => (event.body as ResultReported).reportId)
  expect(ids).toEqual(['F1^UE', 'F1^UE#2'])
})

test('of five thousand observations, repeats of a code have distinct keys', () => {
  const lines = Array.from({ length: 5_000 }, (_, n) => `OBX|${n + 1}|NM|K||${n}\r`).join('')
  const { events, unused } = given(oru + obr + lines)
  const report = events[1]?.body as ResultReported | undefined
  expect(report?.observations.length).toBe(5_000)
  expect(report?.observations[4_999]).toMatchObject({
    key: 'K||5000',
    value: '4999',
    place: 'OBX[5000]',
  })
  expect(unused).toEqual([])
})

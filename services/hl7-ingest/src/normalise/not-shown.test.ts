import { expect, test } from 'vitest'
import { a01, given, msh, obr, oru, pid, pv1 } from './normalise.fixture.ts'

/** By event, what it does not show. */
const notShownIn = (content: string) =>
  given(content).events.flatMap(({ place, body, notShown }) =>
    notShown === null ? [] : [[body.type, place, notShown.count, notShown.places]],
  )

test('a message that is read whole has nothing to add', () => {
  expect(notShownIn(`${oru}${obr}OBX|1|NM|K||4\r`)).toEqual([])
})

test.each<[string, string, unknown[]]>([
  [
    'an observation belongs to the report',
    `${oru}${obr}OBX|1|NM|K||4\r${obr.replace('F1', 'F2')}OBX|2|NM|NA||140||||||||||||||||||||||last\r`,
    ['ResultReported', 'OBR[2]', 1, ['OBX[2]-27']],
  ],
  [
    'a time that cannot be read',
    `${oru}${obr}OBX|1|NM|K||4|||||||||yesterday\r`,
    ['ResultReported', 'OBR[1]', 1, ['OBX[1]-14']],
  ],
  [
    'an ORC belongs to the order below it',
    `${oru}ORC|RE|P1|||||||||||||||||||||||||||||||||||||odd\r${obr}OBX|1|NM|K||4\r`,
    ['ResultReported', 'OBR[1]', 1, ['ORC[1]-39']],
  ],
  [
    'a second alternate code',
    `${oru}${obr}OBX|1|NM|K^a^L^B^b^M^1^2^o^C^c^N||4\r`,
    ['ResultReported', 'OBR[1]', 3, ['OBX[1]-3.10', 'OBX[1]-3.11', 'OBX[1]-3.12']],
  ],
  [
    'a visit',
    a01.replace(pv1, `${pv1}PV2|||||||||||||||||||||||||||||||||||||||||||||||||||||||||odd\r`),
    ['PatientAdmitted', 'PV1[1]', 1, ['PV2[1]-57']],
  ],
  [
    'a segment that nobody knows is of the patient',
    `${a01}XYZ|1|adrenaline pen~epilepsy\r`,
    ['PatientDetailsReported', 'PID[1]', 3, ['XYZ[1]-1', 'XYZ[1]-2[1]', 'XYZ[1]-2[2]']],
  ],
  [
    'a statement that could not be used is of the patient, not of the one before',
    `${a01}AL1|1|DA|PEN^Penicillin\rDG1|1|||fracture of the hip\rAL1|2|DA||SV|rash\r`,
    [
      'PatientDetailsReported',
      'PID[1]',
      3,
      expect.arrayContaining(['AL1[2]-2', 'AL1[2]-4', 'AL1[2]-5']),
    ],
  ],
  [
    'a report that could not be used is of the patient, not of the one before',
    `${oru}${obr}OBX|1|NM|K||4\rOBR|2\rOBX|2|NM|NA||140\r`,
    ['PatientDetailsReported', 'PID[1]', 3, ['OBX[2]-2', 'OBX[2]-3', 'OBX[2]-5']],
  ],
  [
    'a medicine',
    `${msh('RDE^O11')}${pid}ORC|NW|P1\rRXE||M1^Morphine|10||mg\rRXR|PO||||||dysphagia\r`,
    ['MedicationPrescribed', 'RXE[1]', 1, ['RXR[1]-7']],
  ],
])('%s', (_, content, expected) => {
  expect(notShownIn(content)).toEqual([expected])
})

test.each([
  ['an insurance', `${a01}IN1|1|X\rGT1|1\r`],
  ['who entered the event', a01.replace('|20260701091455', '|20260701091455|||7^Lim')],
  [
    'the visit as a laboratory repeats it',
    `${oru}PV1|1|I|PICU|||||||||||||||||||||\r${obr}OBX|1|NM|K||4\r`,
  ],
  ['a segment of the sender, which is kept as sent', `${a01}ZU1|pen\r`],
])('%s is not clinical content', (_, content) => {
  expect(notShownIn(content)).toEqual([])
})

test('of two patients each has what is below his own PID', () => {
  const other = pid
    .replace('1002003', '7')
    .replace('PID|1', 'PID|2')
    .replace('~9991001018^^^NHS^NH', '')
  const content = `${oru}${obr}OBX|1|NM|K||4\r${other}XYZ|1\r${obr}OBX|2|NM|K||5\r`
  expect(
    given(content).events.flatMap(({ patientKey, notShown }) =>
      notShown === null ? [] : [[patientKey, notShown.places]],
    ),
  ).toEqual([['X99|7', ['XYZ[1]-1']]])
})

test('of very much the first places are named, and all is counted', () => {
  const many = Array.from({ length: 50 }, (_, n) => `XYZ|${n + 1}\r`).join('')
  const [[, , count, places]] = notShownIn(`${a01}${many}`) as [[string, string, number, string[]]]
  expect([count, places.length]).toEqual([50, 20])
})

test('the places hold no value', () => {
  const content = `${a01}XYZ|SECRET^SECRET\rno segment at all SECRET\r`
  expect(JSON.stringify(notShownIn(content))).not.toContain('SECRET')
})

test('of an embedded document neither its type nor the application it comes from is missing', () => {
  const sent = (type: string, value: string) =>
    notShownIn(`${oru}${obr}OBX|1|${type}|PDF^Letter||${value}||||||F\r`)
  const data = 'JVBERi0xLjQgaW52ZW50ZWQgcmVwb3J0'
  expect(sent('ED', `LIMS^application^pdf^Base64^${data}`)).toEqual([])
  expect(sent('ED', `^AP^PDF^Base64^${data}`)).toEqual([])
  expect(sent('RP', 'https://pacs.x99.example/1^PACS^AP^PDF')).toEqual([])
  expect(sent('ED', `^text^pdf^Base64^${data}`).flat(2)).toContain('OBX[1]-5.2')
  expect(sent('ED', 'fracture of the hip^^^^').flat(2)).not.toContain('OBX[1]-5.1')
  expect(sent('ED', 'fracture^application^pdf^Base64^""').flat(2)).toContain('OBX[1]-5.1')
})

const allergy = (segment: string) =>
  `${msh('ADT^A60')}EVN|A60|20260701\r${pid}IAM|1||AMOX^Amoxicillin||Rash|A\r${segment}\r`
const referral = (segment: string) => `${msh('REF^I12')}${pid}RF1||||||R1\r${segment}\r`
const unitOf = (segment: string) => `${msh('BTS^O31')}${pid}ORC|SC|P1\r${segment}\r`

test.each<[string, string, string[]]>([
  [
    'the maker of a unit',
    unitOf('BPX|1|DS|F|20260701|G1|RC|||Lab^L^^^^X&1.2&ISO^NI'),
    ['9.2', '9.6.2', '9.7'],
  ],
  ['a status under a message that withdraws it', unitOf('BTX|1|G1||||||1|||TX|W|20260701'), ['11']],
  ['a status that the message keeps', unitOf('BTX|1|G1||||||1|||TX|F|20260701'), []],
  ['the system of an alternate severity', allergy('IAR|HIVES|MI^Mild^L^X'), ['2.3', '2.4']],
  ['the number of a person without one', referral('PRD|CP|||Ward|||^NPI'), ['7']],
  ['a name that says how to call', referral('PRD|CP|RAO^ANN^^^^^^^^^^^^^DOC'), ['2.15']],
])('%s is listed as not shown', (_, content, parts) => {
  const places = given(content).events.flatMap(({ notShown }) => notShown?.places ?? [])
  expect(places.map((place) => place.replace(/^[^-]*-/, ''))).toEqual(parts)
})

test('a medicine before a document is no request for supplies', () => {
  const content = `${msh('MDM^T02')}${pid}RXE||ASP^Aspirin|1||TAB|||||20\rTXA|1|OP||||||||||D1\rOBX|1|TX|A^a||Dear||||||F\r`
  const { events } = given(content)
  expect(events.map(({ body }) => body.type)).toEqual([
    'PatientDetailsReported',
    'DocumentReported',
  ])
  expect(events.flatMap(({ notShown }) => notShown?.places ?? [])).toEqual(
    ['2', '3', '5', '10'].map((field) => `RXE[1]-${field}`),
  )
})

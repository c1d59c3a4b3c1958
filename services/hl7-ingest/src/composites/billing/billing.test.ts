import type { EventBody } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { given, msh, pid } from '../../normalise/normalise.fixture.ts'

const pv1 = (visit: string) => `PV1|1|I|PICU^^4||||||||||||||||${visit}\r`
const bodiesOf = (type: string, ...segments: string[]) =>
  given(`${msh(type)}${segments.join('')}`).events.map(({ body }) => body)
const of = <T extends EventBody['type']>(bodies: readonly EventBody[], type: T) =>
  bodies.filter((body): body is Extract<EventBody, { type: T }> => body.type === type)
const ft1 = (at: Record<number, string>) =>
  `${['FT1', ...Array.from({ length: 26 }, (_, n) => at[n + 1] ?? '')].join('|')}\r`

test('diagnoses, procedures and results of a bill, of its visit; nothing about money', () => {
  const sent = bodiesOf(
    'DFT^P03',
    pid,
    pv1('V1'),
    'ORC|RE|P1|F1||CM\rOBR|1|P1|F1|CR\rNTE|1||Haemolysed\rOBX|1|NM|CR||250|umol/L||H|||F\r',
    ft1({ 1: '1', 4: '202607041200', 6: 'CG', 7: 'DIAL', 11: '400&GBP', 19: 'N17.9~Z99.2' }),
    'PR1|1||X40.3^Dialysis||202607041200\r',
    'DG1|1||N17.9^ARF^I10|||F\rGT1|1||PAYER\rIN1|1|PLAN\r',
  )
  expect(
    of(sent, 'ConditionReported').map(({ code, encounterId }) => [code.code, encounterId]),
  ).toEqual([
    ['N17.9', 'V1'],
    ['Z99.2', 'V1'],
  ])
  expect(of(sent, 'ProcedureReported')).toMatchObject([
    { code: { code: 'X40.3' }, performedAt: '2026-07-04T12:00+01:00', encounterId: 'V1' },
  ])
  expect(of(sent, 'ResultReported')).toMatchObject([
    { encounterId: 'V1', notes: ['Haemolysed'], observations: [{ value: '250' }] },
  ])
  expect(JSON.stringify(sent)).not.toMatch(/400|PAYER|PLAN|DIAL"/)
})

test('a procedure that only the charge names is one, with who did it, its modifiers and notes', () => {
  const sent = bodiesOf(
    'DFT^P03',
    pid,
    ft1({ 4: '202607041500', 6: 'CG', 20: '11^PATEL', 25: 'U21.6^Ultrasound', 26: 'Y98' }),
    'NTE|1||At the bedside\r',
  )
  expect(of(sent, 'ProcedureReported')).toMatchObject([
    {
      code: { code: 'U21.6' },
      performers: [{ practitioner: { family: 'PATEL' } }],
      modifiers: [{ code: 'Y98' }],
      notes: ['At the bedside'],
    },
  ])
})

test.each([
  ['CG', 2],
  ['', 2],
  ['??', 2],
  ['cd', 0],
  ['CD', 0],
  ['CD^Credit', 0],
  ['PY', 0],
  ['AJ', 0],
])('a transaction of type %j states %i procedures', (type, count) => {
  const sent = bodiesOf(
    'DFT^P03',
    pid,
    ft1({ 6: type, 19: 'N17.9', 25: 'U21.6' }),
    'PR1|1||U35.4^Chest X-ray\r',
    'DG1|1||Z99.2\r',
  )
  expect(of(sent, 'ProcedureReported')).toHaveLength(count)
  expect(of(sent, 'ConditionReported').map(({ code }) => code.code)).toEqual(
    count === 0 ? ['Z99.2'] : ['Z99.2', 'N17.9'],
  )
})

test('what a credit takes back is listed as unused', () => {
  const { unused } = given(`${msh('DFT^P03')}${pid}${ft1({ 6: 'CD', 25: 'U21.6' })}PR1|1||U35.4\r`)
  expect(unused).toEqual(expect.arrayContaining(['FT1-25', 'PR1-3']))
})

test('observations without an order are those of the visit, wherever they stand', () => {
  const obx = 'OBX|1|NM|WT^Weight||18.2|kg|||||F|||202607010900\r'
  for (const segments of [
    [pid, pv1('V1'), 'ORC|RE|P1|F1||CM\r', obx],
    [pid, pv1('V1'), ft1({ 6: 'CG' }), obx],
    [pid, pv1('V1'), 'PR1|1||X40.3\r', obx],
  ])
    expect(of(bodiesOf('DFT^P11', ...segments), 'ResultReported')).toMatchObject([
      { encounterId: 'V1', observations: [{ value: '18.2' }] },
    ])
})

test('each visit of an account has its own diagnoses and observations', () => {
  const sent = bodiesOf(
    'BAR^P05',
    pid,
    pv1('V1'),
    'DG1|1||N17.9\rPR1|1||X40.3\r',
    pv1('V2'),
    'OBX|1|NM|WT||18.2|kg|||||F\rDG1|1||Z99.2\r',
  )
  expect(
    of(sent, 'ConditionReported').map(({ code, encounterId }) => [code.code, encounterId]),
  ).toEqual([
    ['N17.9', 'V1'],
    ['Z99.2', 'V2'],
  ])
  expect(of(sent, 'VisitUpdated').map(({ encounterId }) => encounterId)).toEqual(['V1', 'V2'])
  expect(of(sent, 'ResultReported').map(({ encounterId }) => encounterId)).toEqual(['V2'])
  expect(of(sent, 'ProcedureReported').map(({ encounterId }) => encounterId)).toEqual(['V1'])
})

test('a bill never moves the patient, and its diagnosis group is a detail of the visit', () => {
  const [visit] = of(
    bodiesOf('BAR^P12', pid, pv1('V1'), 'DRG|DK01^Renal|20260705\r'),
    'VisitUpdated',
  )
  expect(visit?.visit).toMatchObject({
    location: null,
    diagnosisGroup: { code: 'DK01', text: 'Renal' },
    diagnosisGroupAt: '2026-07-05',
  })
  expect(visit?.toldPlaces).toMatchObject({ location: { pointOfCare: 'PICU' } })
})

test('purging two accounts says who the patients are, and takes nothing back', () => {
  const other = 'PID|2||1002004^^^X99^MR||ADEYEMI^TUNDE||20110203|M\r'
  const { events, problem } = given(`${msh('BAR^P02')}${pid}${pv1('V1')}${other}`)
  expect(problem).toBeNull()
  expect(events.map(({ patientKey, body }) => [patientKey, body.type])).toEqual([
    ['X99|1002003', 'PatientDetailsReported'],
    ['X99|1002003', 'VisitUpdated'],
    ['X99|1002004', 'PatientDetailsReported'],
  ])
})

test('bills of two patients in one message stay apart', () => {
  const other = 'PID|2||1002004^^^X99^MR||ADEYEMI^TUNDE||20110203|M\r'
  const { events } = given(
    `${msh('DFT^P03')}${pid}DG1|1||N17.9\r${other}DG1|1||Z99.2\rOBX|1|NM|WT||20|kg|||||F\r`,
  )
  expect(events.map(({ patientKey, body }) => [patientKey.slice(-4), body.type])).toEqual([
    ['2003', 'PatientDetailsReported'],
    ['2003', 'ConditionReported'],
    ['2004', 'PatientDetailsReported'],
    ['2004', 'ConditionReported'],
    ['2004', 'ResultReported'],
  ])
})

test('a note of a charge belongs to the procedure below it that states the same', () => {
  const sent = bodiesOf(
    'DFT^P03',
    pid,
    ft1({ 6: 'CG', 25: 'X40.3' }),
    'NTE|1||Through a femoral line\r',
    'PR1|1||X40.3^Dialysis\rNTE|1||Four hours\r',
  )
  expect(of(sent, 'ProcedureReported').map(({ notes }) => notes)).toEqual([
    ['Through a femoral line', 'Four hours'],
  ])
})

test('what a charge repeats is listed as unused where it says more than DG1 and PR1 do', () => {
  const unusedOf = (charged: string) =>
    given(
      `${msh('DFT^P03')}${pid}${ft1({ 6: 'CG', 19: charged, 25: charged })}PR1|1||A1^One\rDG1|1||A1^One\r`,
    ).unused
  expect(unusedOf('A1^One')).toEqual(['FT1-6'])
  expect(unusedOf('A1^Other')).toEqual(['FT1-6', 'FT1-19', 'FT1-25'])
})

test('observations below an ORC alone have the numbers and the state of its order', () => {
  const obx = 'OBX|1|NM|WT||18.2|kg|||||F|||202607010900\r'
  const reports = of(
    bodiesOf(
      'DFT^P11',
      pid,
      pv1('V1'),
      `ORC|RE|P1|F1||CM\r${obx}ORC|RE|P2|F2\r${obx}${ft1({ 6: 'CG' })}${obx}`,
    ),
    'ResultReported',
  )
  expect(reports).toMatchObject([
    { placerNumber: 'P1', fillerNumber: 'F1', orderStatus: 'completed', encounterId: 'V1' },
    { placerNumber: 'P2', fillerNumber: 'F2', orderStatus: null },
    { placerNumber: null, encounterId: 'V1' },
  ])
  expect(new Set(reports.map(({ reportId }) => reportId)).size).toBe(3)
})

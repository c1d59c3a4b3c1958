import type { EventBody } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { given, msh, oru, pid, pv1 } from '../../normalise/normalise.fixture.ts'

const warning = 'Sample received unlabelled: results may not be of this patient'
const nte = `NTE|1||${warning}\r`
const notesOf = (content: string, type?: EventBody['type']) =>
  given(content)
    .events.map(({ body }) => body as EventBody & { notes?: string[] })
    .filter((body) => (type === undefined ? body.notes !== undefined : body.type === type))
    .map(({ notes }) => notes)
const unusedIn = (content: string) => given(content).unused.filter((one) => one.startsWith('NTE'))
const orders = 'OBR|1|P1|F1|K\rNTE|1||Own.\rOBX|1|NM|K||5.0\rOBR|2|P2|F2|NA\rOBX|1|NM|NA||140\r'

test.each([
  ['PID', `${oru}${nte}${orders}`],
  ['PD1', `${oru}PD1|\r${nte}${orders}`],
  ['PV1', `${oru}${pv1}${nte}${orders}`],
  ['MSH', `${oru.replace('PID|', `${nte}PID|`)}${orders}`],
  [
    'PID in a specimen message',
    `${oru.replace('ORU^R01', 'OUL^R22')}${nte}SPM|1|S1||BLD\r${orders}`,
  ],
])('a note below %s is shown with every report', (_, content) => {
  expect(notesOf(content, 'ResultReported')).toEqual([[warning, 'Own.'], [warning]])
  expect(unusedIn(content)).toEqual([])
})

test.each([
  ['ORM^O01', 'ORC|NW|P1\rOBR|1|P1||K\r', 'RequestReported'],
  ['OML^O21', 'ORC|NW|P1\rOBR|1|P1||K\r', 'RequestReported'],
  ['OMP^O09', 'ORC|NW|P1\rRXO|A^Aspirin|75||mg\r', 'MedicationPrescribed'],
  ['RDE^O11', 'ORC|NW|P1\rRXE||A^Aspirin|75||mg\r', 'MedicationPrescribed'],
  ['RDS^O13', 'ORC|RE|P1\rRXD|1|A^Aspirin|20260701|28\r', 'MedicationDispensed'],
  ['RAS^O17', 'ORC|RE|P1\rRXA|0|1|20260701||A^Aspirin|75|mg\r', 'MedicationGiven'],
  ['VXU^V04', 'ORC|RE|P1\rRXA|0|1|20260701||03^MMR|0.5|ml\r', 'ImmunizationReported'],
  ['MDM^T02', 'TXA|1|CN|TX|||||||||DOC1\rOBX|1|TX|T||words||||||F\r', 'DocumentReported'],
  ['SIU^S12', 'SCH|A1|B1\r', 'AppointmentReported'],
] as const)('in %s it is shown with what was sent', (type, content, event) => {
  const sent = `${msh(type)}${pid}${nte}${content}`
  expect(notesOf(sent, event)).toContainEqual([warning])
  expect(unusedIn(sent)).toEqual([])
})

test('of two patients each has the notes below its own PID', () => {
  const other = pid.replace('1002003', '7').replace('9991001018', '9992002018')
  const { events } = given(`${msh('SIU^S12')}SCH|A1|B1\r${pid}${nte}${other}NTE|1||Of the other.\r`)
  const notes = events.map(({ patientKey, body }) => [
    patientKey,
    body.type === 'AppointmentReported' ? body.notes : null,
  ])
  expect(notes.filter(([, own]) => own !== null)).toEqual([
    ['X99|1002003', [warning]],
    ['X99|7', ['Of the other.']],
  ])
})

test('a note below a statement belongs to it', () => {
  const content = `${msh('ADT^A01')}${pid}${pv1}AL1|1|DA|P^Penicillin\rNTE|1||Told by his wife.\rDG1|1||I10^Hypertension\r`
  expect(notesOf(content, 'AllergyReported')).toEqual([['Told by his wife.']])
  expect(notesOf(content, 'ConditionReported')).toEqual([[]])
})

test('its author and time are kept', () => {
  const content = `${oru}NTE|1||Unlabelled||7^Lim^Bo|202607011005\r${orders}`
  const [report] = given(content).events.filter(({ body }) => body.type === 'ResultReported')
  expect(report?.body).toMatchObject({
    noteDetails: [{ text: 'Unlabelled', enteredAt: '2026-07-01T10:05+01:00' }],
  })
})

test.each([
  ['of a message with nothing to show it with', `${msh('ADT^A01')}${pid}${nte}${pv1}`],
  ['below a segment that is not read', `${oru}IN1|1|X\r${nte}${orders}`],
])('a note stays listed: %s', (_, content) => expect(unusedIn(content)).toEqual(['NTE-3']))

test.each(['ORU^R01', 'OUL^R24', 'ORM^O01', 'OML^O21', 'OML^O33'])(
  'a note below SPM is shown with the specimen: %s',
  (type) => {
    const spm = 'SPM|1|S1||BLD\rNTE|1||Haemolysed\rSAC|||C1\rNTE|1||Leaking\r'
    const order = `ORC|NW|P1\rOBR|1|P1|F1|K\r${type === 'OML^O33' ? '' : spm}`
    const sent = `${msh(type)}${pid}${type === 'OML^O33' ? spm : ''}${order}`
    const specimens = given(sent).events.flatMap(({ body }) =>
      body.type === 'ResultReported' || body.type === 'RequestReported' ? body.specimens : [],
    )
    expect(specimens.map((one) => one?.notes)).toEqual([['Haemolysed', 'Leaking']])
    expect(unusedIn(sent)).toEqual([])
  },
)

test('long notes of very many orders do not multiply without bound', () => {
  const many = Array.from({ length: 2_000 }, (_, n) => `OBR|${n}|P${n}|F${n}|K\r`).join('')
  expect(given(`${oru}NTE|1||${'x'.repeat(5_000)}\r${many}`).problem?.code).toBe('INVALID_FIELD')
  expect(given(`${oru}${nte}${many}`).problem).toBeNull()
})

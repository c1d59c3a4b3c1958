import type { PatientEvent, ResultReported } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { coded } from './histories.fixture.ts'
import { given, oru, resource, shown, told } from './report-history.fixture.ts'

const first = oru(1, 'F', [told('K', 'F', '5.1'), told('NA', 'F', '140', 'OBX[2]')])

test.each(['F', 'C'])('OBR-25 %s: a preliminary result it omits is not confirmed', (status) => {
  const preliminary = oru(1, 'P', [told('ORG|1|1', 'P', 'CNS'), told('GRAM', 'R', 'cocci')])
  expect(shown(given(preliminary, oru(2, status, [told('ORG|2|1', status, 'E. coli')])))).toEqual({
    'ORG|1|1': ['preliminary', 'CNS', 'not-confirmed'],
    GRAM: ['preliminary', 'cocci', 'not-confirmed'],
    'ORG|2|1': [status === 'F' ? 'final' : 'corrected', 'E. coli'],
  })
})

test.each(['P', 'R', 'A', 'M', 'S', 'I', 'O', 'N', 'Y', 'Q', null])(
  'OBR-25 %s is not final and confirms nothing',
  (status) => {
    expect(
      shown(given(oru(1, 'P', [told('K', 'P', '5.1')]), oru(2, status, [told('NA', 'P', '140')]))),
    ).toEqual({ K: ['preliminary', '5.1'], NA: ['preliminary', '140'] })
  },
)

test('a result that is final stays, whatever a later final report omits', () => {
  expect(shown(given(first, oru(2, 'F', [told('UREA', 'F', '7')])))).toEqual({
    K: ['final', '5.1'],
    NA: ['final', '140'],
    UREA: ['final', '7'],
  })
})

test('a preliminary value that follows a final one does not undo it, and is not asked to be confirmed', () => {
  const late = oru(2, 'P', [told('K', 'P', '9.9')])
  expect(shown(given(first, late, oru(3, 'F', [told('NA', 'F', '141')])))).toEqual({
    K: ['final', '5.1'],
    NA: ['final', '141'],
  })
})

test('U in the final report confirms the preliminary value', () => {
  const preliminary = oru(1, 'P', [told('K', 'P', '5.1'), told('NA', 'P', '140', 'OBX[2]')])
  expect(shown(given(preliminary, oru(2, 'F', [told('K', 'U', null)])))).toEqual({
    K: ['final', '5.1'],
    NA: ['preliminary', '140', 'not-confirmed'],
  })
})

test('a result stated again after the final report that omits it is current', () => {
  const [preliminary, final] = [oru(1, 'P', [told('K', 'P', '5.1')]), oru(2, 'F', [])]
  expect(shown(given(preliminary, final))).toEqual({ K: ['preliminary', '5.1', 'not-confirmed'] })
  expect(shown(given(preliminary, final, oru(3, 'P', [told('K', 'P', '5.2')])))).toEqual({
    K: ['preliminary', '5.2'],
  })
})

test('a value without a status is as preliminary as its report', () => {
  const final = oru(2, 'F', [told('NA', 'F', '140')])
  expect(shown(given(oru(1, 'P', [told('K', null, '5.1')]), final))['K']).toEqual([
    'unknown',
    '5.1',
    'not-confirmed',
  ])
  for (const status of ['F', null])
    expect(shown(given(oru(1, status, [told('K', null, '5.1')]), final))['K']).toEqual([
      'unknown',
      '5.1',
    ])
})

test('what a snapshot omits is not in the latest version; what comes later is', () => {
  const snapshot = oru(2, 'F', [told('K', 'F', '5.1')], { snapshot: true })
  expect(shown(given(first, snapshot))).toEqual({
    K: ['final', '5.1'],
    NA: ['final', '140', 'not-in-latest-version'],
  })
  expect(shown(given(first, snapshot, oru(3, 'F', [told('NA', 'F', '140')])))).toEqual({
    K: ['final', '5.1'],
    NA: ['final', '140'],
  })
})

test('a DiagnosticReport is a snapshot unless its source is incremental', () => {
  const said = resource(1, 'final', [told('K', 'F', '5.1'), told('NA', 'F', '140')])
  const later = resource(2, 'amended', [told('K', 'F', '5.2')])
  expect(shown(given(said, later))['NA']).toEqual(['final', '140', 'not-in-latest-version'])
  const incremental = { ...later, body: { ...(later.body as ResultReported), snapshot: false } }
  expect(shown(given(said, incremental as PatientEvent))['NA']).toEqual(['final', '140'])
})

test('a snapshot says nothing of what another source, or the other standard, sent', () => {
  const snapshot = oru(2, 'F', [told('K', 'F', '5.1')], { snapshot: true })
  for (const other of [{ ...first, source: 'RJ1' }, resource(1, 'final', [told('NA', 'F', '140')])])
    expect(shown(given(other, snapshot))['NA']).toEqual(['final', '140'])
})

const ofIsolate = { parentResult: coded('ORG'), parentSubId: '1' }

test('sensitivities in the entry of their culture: each is confirmed and retracted by its own', () => {
  const culture = oru(1, 'P', [told('ORG', 'P', 'CNS')])
  const sensitivities = oru(2, 'P', [told('AMX', 'P', 'R')], ofIsolate)
  const later = oru(3, 'F', [told('ERY', 'F', 'S')], ofIsolate)
  expect(shown(given(culture, sensitivities, later))).toMatchObject({
    ORG: ['preliminary', 'CNS'],
    AMX: ['preliminary', 'R', 'not-confirmed'],
  })
  expect(shown(given(culture, sensitivities, oru(3, 'F', [told('ORG', 'F', 'CNS')])))).toEqual({
    ORG: ['final', 'CNS'],
    AMX: ['preliminary', 'R'],
  })
  expect(shown(given(culture, sensitivities, oru(3, 'X', [], ofIsolate)))).toEqual({
    ORG: ['preliminary', 'CNS'],
    AMX: ['cancelled', null],
  })
  expect(shown(given(culture, sensitivities, oru(3, 'X', [])))).toEqual({
    ORG: ['cancelled', null],
    AMX: ['cancelled', null],
  })
})

import { expect, test } from 'vitest'
import type { Source } from '@tideway/schemas/source'
import { given, msh, pid, problemOf, x99, xl1 } from '../normalise/normalise.fixture.ts'
import { sandboxSource } from '../identify/sandbox-source.ts'

const limits = { maxMessageBytes: 1_000_000, idleFrameMs: 1_000 }
const sandbox = sandboxSource('UCLH', limits)
const keysOf = (pid3: string, source: Source = sandbox, more = '') =>
  given(`${msh('ADT^A31')}PID|1||${pid3}${more}\r`, source).patientKeys

test.each([
  ['40800000^^^MRENTR^MEDREC', 'UCLH|40800000'],
  ['7^^^H^INS', 'UCLH|7'],
  ['7^^^H^FI', 'UCLH|7'],
  ['7^^^H^A', 'UCLH|7'],
  ['7^^^H^EPI', 'UCLH|7'],
  ['7^^^^any text', 'UCLH|7'],
  ['7^^^H^constructor', 'UCLH|7'],
])('a number of an unknown type identifies the patient: %s', (pid3, key) =>
  expect(keysOf(pid3)).toEqual([key]),
)

test.each([
  'AN',
  'an',
  'ANON',
  'ANC',
  'ACSN',
  'FIN',
  'PatAcctNo',
  'VN',
  'vn',
  'VISITID',
  'CSN',
  'PLAC',
  'FILL',
  'NI',
  'NNGBR',
  'nh',
  'CHI',
  'MC',
  'SN',
  'DL',
  'PPN',
  'SS',
  'BC',
])('a number of the type %s never does, alone or beside one of the patient', (type) => {
  expect(keysOf(`9^^^H^${type}`)).toEqual([])
  expect(keysOf(`9^^^H^${type}~7^^^H^MEDREC`)).toEqual(['UCLH|7'])
})

test('a mother and her newborn on one account never share a key', () => {
  const keyOf = (pid3: string, account: string) =>
    keysOf(pid3, sandbox, `||||${'|'.repeat(11)}${account}`)
  expect(keyOf('A100^^^H^AN', 'A100')).toEqual([])
  expect(keyOf('A100^^^H^AN~1^^^H^MEDREC', 'A100^^^H^AN')).toEqual(['UCLH|1'])
  expect(keyOf('A100^^^H^AN~2^^^H^MEDREC', 'A100^^^H^AN')).toEqual(['UCLH|2'])
  expect(keyOf('A100^^^H^LOCAL~2^^^H^MEDREC', 'A100^^^H')).toEqual(['UCLH|2'])
  expect(keyOf('A100^^^H^LOCAL', 'A100^^^H')).toEqual([])
  expect(keyOf('A100^^^H^MR', 'A100^^^H')).toEqual(['UCLH|A100'])
})

test('a number of an unknown type that is also the visit number is not one of the patient', () => {
  const pv1 = `\rPV1|1|I|||||||||||||||||V9`
  expect(keysOf('V9^^^H^LOCAL~7^^^H^MEDREC', sandbox, pv1)).toEqual(['UCLH|7'])
})

test('accounts and visits never identify a patient, even if the source lists their type', () => {
  const listing = { ...x99, hl7: { ...x99.hl7, patientIdentifierTypes: ['AN', 'MR'] } }
  expect(keysOf('9^^^X99^AN', listing)).toEqual([])
  expect(keysOf('9^^^X99^AN~7^^^X99^MR', listing)).toEqual(['X99|7'])
})

test('a type that the source lists is used, whatever it is elsewhere', () => {
  const listing = { ...x99, hl7: { ...x99.hl7, patientIdentifierTypes: ['SS'] } }
  expect(keysOf('9^^^X99^SS', listing)).toEqual(['X99|9'])
})

test('types of the source come first, then none, then unknown ones', () => {
  expect(keysOf('1^^^X99^ZZ~2~3^^^X99^PI~4^^^X99^MR', x99)).toEqual(['X99|4'])
  expect(keysOf('1^^^X99^ZZ~2~3^^^X99^PI', x99)).toEqual(['X99|3'])
  expect(keysOf('1^^^X99^ZZ~2', x99)).toEqual(['X99|2'])
  expect(keysOf('1^^^X99^ZZ~2^^^X99^YY', x99)).toEqual(['X99|1'])
})

test('an unknown type of a laboratory never replaces the number of the hospital', () => {
  expect(keysOf('L1^^^XL1^ZZ~1002003^^^X99^MR', xl1)).toEqual(['X99|1002003'])
  expect(keysOf('L1^^^XL1^ZZ', xl1)).toEqual(['XL1|L1'])
})

test('an unknown type of an authority the source may not speak for identifies nobody', () => {
  expect(problemOf(`${msh('ADT^A31')}PID|1||40800000^^^MRENTR^MEDREC\r`)).toBe(
    'MISSING_FIELD PID-3',
  )
})

test('an NHS number under a local name or in lower case is never the key', () => {
  expect(keysOf('9991001018^^^^NHSNUM')).toEqual([])
  expect(keysOf('9991001018^^^nhs^local~7^^^H^MEDREC')).toEqual(['UCLH|7'])
  const { events } = given(`${msh('ADT^A31')}PID|1||9991001018^^^^nh~7^^^X99^MR\r`)
  expect(events[0]?.body).toMatchObject({ nhsNumber: '9991001018' })
})

test('a merge uses numbers of unknown types only if it has no others', () => {
  const priorKeys = (mrg: string) =>
    given(`${msh('ADT^A40')}${pid}MRG|${mrg}\r`).events.flatMap(({ body }) =>
      body.type === 'PatientsMerged' ? body.priorKeys : [],
    )
  expect(new Set(priorKeys('7^^^X99^MR~88^^^X99^INS'))).toEqual(new Set(['X99|7']))
  expect(new Set(priorKeys('88^^^X99^INS~A1^^^X99^AN'))).toEqual(new Set(['X99|88']))
  expect(problemOf(`${msh('ADT^A40')}${pid}MRG|A1^^^X99^AN\r`)).toBe('MISSING_FIELD MRG-1')
})

import { surrogatePatientKey } from '@tideway/record/keys/patient-key'
import { expect, test } from 'vitest'
import { given, msh, problemOf, x99, xl1 } from '../normalise/normalise.fixture.ts'

const message = (pid3: string, born = '19900101', more = '') =>
  `${msh('ADT^A31')}PID|1||${pid3}||NG^ANN||${born}|F${more}\r`
const keysOf = (pid3: string, born?: string) => given(message(pid3, born)).patientKeys
const keyOf = (number: string, born: string | null = '1990-01-01') =>
  surrogatePatientKey('X99', number, born)

test.each([
  ['9991001018^^^NHS^NH', '9991001018'],
  ['1000000001^^^^NH', '1000000001'],
  ['999 100 1018^^^^nh', '9991001018'],
  ['999-100-1018^^^2.16.840.1.113883.2.1.4.1', '9991001018'],
  ['9991001018^^^ITK&2.16.840.1.113883.2.1.4.1&ISO^PI', '9991001018'],
  ['0101010125^^^CHI^NI', '0101010125'],
  ['0101010125^^^^CHI', '0101010125'],
  ['320 000 0015^^^^HCN', '3200000015'],
  ['0101010125^^^^CHI~9991001018^^^NHS^NH', '9991001018'],
  ['9991001018^^^NHS^NH~9991001018^^^^NH', '9991001018'],
])('a patient with nothing but %s has the surrogate key that FHIR gives', (pid3, number) => {
  expect(keysOf(pid3)).toEqual([keyOf(number)])
})

test('the key is made of the day of birth as FHIR has it, however it was sent', () => {
  const number = '9991001018^^^NHS^NH'
  expect(keysOf(number, '199001010830')).toEqual([keyOf('9991001018')])
  expect(keysOf(number, '19900101000000+0000^D')).toEqual([keyOf('9991001018')])
  expect(keysOf(number, '19450000')).toEqual([keyOf('9991001018', '1945')])
  expect(keysOf(number, '')).toEqual([keyOf('9991001018', null)])
  expect(keysOf(number, 'unknown')).toEqual([keyOf('9991001018', null)])
})

test('the number links: it is the NHS number of the patient', () => {
  const { events, problem } = given(message('9991001018^^^NHS^NH'))
  expect(problem).toBeNull()
  expect(events[0]?.body).toMatchObject({ nhsNumber: '9991001018', birthDate: '1990-01-01' })
})

test('a CHI number identifies and never links', () => {
  expect(given(message('0101010125^^^^CHI')).events[0]?.body).toMatchObject({
    nhsNumber: null,
    identifiers: [{ value: '0101010125', type: 'CHI' }],
  })
})

test.each([
  ['a wrong check digit', '9991001019^^^NHS^NH', 'INVALID_FIELD PID-3'],
  ['a wrong check digit of a CHI number', '0101010126^^^^CHI', 'INVALID_FIELD PID-3'],
  ['a placeholder', '0000000000^^^NHS^NH', 'INVALID_FIELD PID-3'],
  ['words', 'UNKNOWN^^^NHS^NH', 'INVALID_FIELD PID-3'],
  ['one that has expired', '9991001018^^^NHS^NH^^^20200101', 'INVALID_FIELD PID-3'],
  ['two NHS numbers', '9991001018^^^NHS^NH~9992002018^^^NHS^NH', 'SEVERAL_PATIENTS PID-3'],
  ['two CHI numbers', '0101010125^^^^CHI~3112990005^^^^CHI', 'SEVERAL_PATIENTS PID-3'],
  ['a national number without a known check digit', '123456^^^^NNFRA', 'MISSING_FIELD PID-3'],
  ['a number under no known name', '9991001018^^^^NHSNUM', 'MISSING_FIELD PID-3'],
])('%s makes no key: the message is parked', (_, pid3, problem) => {
  expect(problemOf(message(pid3))).toBe(problem)
  expect(keysOf(pid3)).toEqual([])
})

test('an expired NHS number beside a valid one, and an invalid one beside it, are not used', () => {
  const valid = '9991001018^^^NHS^NH'
  expect(keysOf(`9992002018^^^NHS^NH^^^20200101~${valid}`)).toEqual([keyOf('9991001018')])
  expect(keysOf(`9991001019^^^NHS^NH~${valid}`)).toEqual([keyOf('9991001018')])
})

test('numbers of the test range are no key in production', () => {
  expect(given(message('9991001018^^^NHS^NH'), x99, true)).toMatchObject({
    patientKeys: [],
    problem: { code: 'INVALID_FIELD', place: 'PID-3' },
  })
})

test('a number of an organisation comes first, as in FHIR; both messages have the number that links them', () => {
  const [alone, both] = ['9991001018^^^NHS^NH', '7^^^X99^MR~9991001018^^^NHS^NH'].map((pid3) =>
    given(message(pid3)),
  )
  expect([alone?.patientKeys, both?.patientKeys]).toEqual([[keyOf('9991001018')], ['X99|7']])
  expect([alone, both].map((one) => one?.events[0]?.body)).toMatchObject([
    { nhsNumber: '9991001018', birthDate: '1990-01-01' },
    { nhsNumber: '9991001018', birthDate: '1990-01-01' },
  ])
})

test.each([
  ['of an authority that is not listed', '1002003^^^OTHER^MR', 'MISSING_FIELD PID-3'],
  ['that has expired', '1002003^^^X99^MR^^^20200101', 'INVALID_FIELD PID-3'],
  ['of an unknown type and authority', '1002003^^^OTHER^XX', 'MISSING_FIELD PID-3'],
])('beside a number %s the message waits, unless the file says otherwise', (_, pid3, problem) => {
  const text = message(`${pid3}~9991001018^^^NHS^NH`)
  expect(problemOf(text)).toBe(problem)
  const allowing = { ...x99, hl7: { ...x99.hl7, patientsByNhsNumber: true } }
  expect(given(text, allowing).patientKeys).toEqual([keyOf('9991001018')])
})

test.each(['D123^^^X99^DL', 'A9^^^X99^AN', '9991001018'])(
  'beside %s, which is no number of the patient, it does not wait',
  (pid3) => {
    expect(keysOf(`${pid3}~9991001018^^^NHS^NH`)).toEqual([keyOf('9991001018')])
  },
)

test('another sender or birth date is another source patient', () => {
  const number = '9991001018^^^NHS^NH'
  expect(keysOf(number, '19900102')).not.toEqual(keysOf(number))
  expect(given(message(number), xl1).patientKeys).toEqual([
    surrogatePatientKey('XL1', '9991001018', '1990-01-01'),
  ])
})

test('a source may say that an NHS number alone names nobody', () => {
  const none = { ...x99, hl7: { ...x99.hl7, patientsByNhsNumber: false } }
  expect(problemOf(message('9991001018^^^NHS^NH'), none)).toBe('MISSING_FIELD PID-3')
})

test('a source that lists CHI as a type of its own keeps it as the number of the patient', () => {
  const listing = { ...x99, hl7: { ...x99.hl7, patientIdentifierTypes: ['CHI'] } }
  expect(given(message('0101010125^^^^CHI'), listing).patientKeys).toEqual(['X99|0101010125'])
})

test('a parked message is held against the patient of its surrogate key', () => {
  const unmapped = message('9991001018^^^NHS^NH').replace('ADT^A31', 'ZZZ^Z99')
  expect(given(unmapped)).toMatchObject({
    patientKeys: [keyOf('9991001018')],
    problem: { code: 'UNSUPPORTED_TYPE' },
  })
})

test('a message whose results name the patient again by NHS number is not split', () => {
  const pid = 'PID|1||9991001018^^^NHS^NH||NG^ANN||19900101|F\r'
  const result = 'OBR|1||F1|UE|||202607011005\rOBX|1|NM|K||5||||||F\r'
  expect(given(`${msh('ORU^R01')}${pid}${result}${pid}${result}`).patientKeys).toEqual([
    keyOf('9991001018'),
  ])
})

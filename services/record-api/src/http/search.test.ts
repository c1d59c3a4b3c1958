import { Value } from 'typebox/value'
import { beforeAll, expect, test } from 'vitest'
import { registerFormats } from './formats.ts'
import { requestProblems } from './request-problems.ts'
import { patientSearchOf, Search } from './request-schemas.ts'

beforeAll(registerFormats)

const readSearch = (body: unknown) => {
  if (!Value.Check(Search, body)) throw new Error('invalid')
  return patientSearchOf(body)
}
const faultsOf = (body: unknown) =>
  Value.Check(Search, body)
    ? []
    : requestProblems(Search, body).map(({ field, reason }) => `${field} ${reason}`)

test.each(['943 476 5919', '943-476-5919', ' 9434765919 '])(
  '"%s" is read as ten digits',
  (nhsNumber) => {
    expect(readSearch({ nhsNumber, birthDate: '1950-02-03' })).toEqual({
      by: 'nhsNumber',
      nhsNumber: '9434765919',
      birthDate: '1950-02-03',
    })
  },
)

test('an organisation and its own number', () => {
  expect(readSearch({ organisation: 'rjz', identifier: ' 0012 ' })).toEqual({
    by: 'identifier',
    organisation: 'RJZ',
    identifier: '0012',
  })
})

test.each([
  [
    { nhsNumber: '9434765918', birthDate: '1950-02-30' },
    [
      'nhsNumber is not an NHS number: ten digits whose last is the modulus 11 check digit',
      'birthDate is not a day that exists, as YYYY-MM-DD',
    ],
  ],
  [{ nhsNumber: '9434765919' }, ['birthDate is missing']],
  [{ birthDate: '1950-02-03' }, ['nhsNumber is missing']],
  [{ nhsNumber: 9434765919, birthDate: '1950-02-03' }, ['nhsNumber is not text']],
  [
    { nhsNumber: '9434765919', birthDate: '03/02/1950' },
    ['birthDate is not a day that exists, as YYYY-MM-DD'],
  ],
  [{ organisation: 'RJZ' }, ['identifier is missing']],
  [{ organisation: '', identifier: '1' }, ['organisation is empty']],
  [
    { organisation: { $ne: null }, identifier: { $gt: '' } },
    ['organisation is not text', 'identifier is not text'],
  ],
  [{}, ['body must hold nhsNumber and birthDate, or organisation and identifier']],
  [
    { nhsNumber: '9434765919', birthDate: '1950-02-03', organisation: 'RJZ' },
    ['body must hold nhsNumber and birthDate, or organisation and identifier'],
  ],
  [
    { nhsNumber: '9434765919', birthDate: '1950-02-03', family: 'X' },
    ['body holds a field other than nhsNumber, birthDate, organisation, identifier'],
  ],
  [null, ['body is not a JSON object']],
  [[], ['body is not a JSON object']],
])('%j is refused by field', (body, faults) => {
  expect(faultsOf(body)).toEqual(faults)
})

test('no error repeats a value', () => {
  const said = JSON.stringify(faultsOf({ nhsNumber: '9434765918', birthDate: '1950-02-30' }))
  expect(said).not.toContain('9434765918')
  expect(said).not.toContain('1950')
})

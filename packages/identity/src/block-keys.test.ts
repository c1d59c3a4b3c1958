import { expect, test } from 'vitest'
import { blockKeysOf, withoutCommonContacts } from './block-keys.ts'
import { prepare } from './compare/prepare.ts'
import { decidePrepared } from './decide/decide.ts'
import { named, nowhere, traits } from './traits.fixture.ts'

const none = { nhsNumber: null, nhsNumberStatus: null }
const shareKey = (a: Parameters<typeof traits>[0], b: Parameters<typeof traits>[0]) => {
  const keys = new Set(blockKeysOf(traits(a)))
  return blockKeysOf(traits(b)).some((key) => keys.has(key))
}

test.each([
  ['the number', { ...nowhere, birthDate: null }, { ...nowhere, ...named('X', 'Y') }],
  [
    'the telephone',
    {},
    { ...none, ...named('BO', 'LI'), birthDate: null, postcodes: [], addressLines: [] },
  ],
  ['the home', {}, { ...none, ...named('BO', 'LI'), birthDate: null, phones: [] }],
  ['birthday and family name', nowhere, { ...none, ...nowhere, ...named('BO', 'CARTER') }],
  [
    'birthday and a family name that sounds alike',
    nowhere,
    { ...none, ...nowhere, ...named('BO', 'KARTER') },
  ],
  ['birthday and given name', nowhere, { ...none, ...nowhere, ...named('ANN', 'LI') }],
  ['swapped names', nowhere, { ...none, ...nowhere, ...named('CARTER', 'ANN') }],
  [
    'swapped day and month',
    { ...nowhere, birthDate: '1974-03-04' },
    { ...none, ...nowhere, birthDate: '1974-04-03' },
  ],
])('records that share %s are compared', (_what, a, b) => {
  expect(shareKey(a, b)).toBe(true)
})

test('a placeholder is no key', () => {
  const unknown = { ...none, ...nowhere, ...named('UNKNOWN', 'UNKNOWN'), birthDate: '1900-01-01' }
  expect(
    blockKeysOf(
      traits({
        ...unknown,
        postcodes: ['ZZ99 3VZ'],
        addressLines: ['NFA'],
        phones: ['00000000000'],
      }),
    ),
  ).toEqual([])
})

test('a contact that too many share is no evidence', () => {
  const [a, b] = [prepare(traits()), prepare(traits({ patient: 'RJ1|2', ...none }))]
  expect(decidePrepared(a, b).how).toBe('auto')
  const bare = (record: typeof a) => withoutCommonContacts(record, (key) => /^[pae] /.test(key))
  expect(decidePrepared(bare(a), bare(b)).how).toBe('none')
})

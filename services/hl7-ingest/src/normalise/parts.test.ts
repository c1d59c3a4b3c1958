import { text } from '@tideway/hl7v2/lexer/fields'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { type Hl7Message, parse, type Segment } from '@tideway/hl7v2/lexer/message'
import { unusedFields } from '@tideway/hl7v2/lexer/unused-fields'
import { readCoded } from '../datatypes/ce.ts'
import { readQuantity } from '../datatypes/cq.ts'
import { readIdentifiers } from '../datatypes/cx.ts'
import { readEntityNumber } from '../datatypes/ei.ts'
import { readPractitioners } from '../datatypes/xcn.ts'
import { readWords } from '../datatypes/words.ts'
import { readOrganisation } from '../datatypes/xon.ts'
import { readAddresses } from '../datatypes/xad.ts'
import { readNames } from '../datatypes/xpn.ts'
import { readTelecoms } from '../datatypes/xtn.ts'

const source = {
  ods: 'X99',
  hl7: { authorities: { X99: 'X99' }, nhsNumber: { authorities: [], types: [] } },
} as unknown as Source
const unusedOf = (sent: string, read: (segment: Segment) => unknown): string[] => {
  const message = parse(`MSH|^~\\&\rZZZ|${sent}`, 'utf-8') as Hl7Message
  read(message.segments[1] as Segment)
  return unusedFields(message)
}

test.each<[string, (segment: Segment) => unknown, string, string[]]>([
  ['text', (one) => text(one, 1), 'a&b^c~d', ['ZZZ-1~', 'ZZZ-1.1.2', 'ZZZ-1.2']],
  ['CE', (one) => readCoded(one, 1), 'K^Potassium^L^^^^1^^as written^X', ['ZZZ-1.10']],
  ['CE', (one) => readCoded(one, 1), 'K~Na', ['ZZZ-1~']],
  [
    'CE with the alternate alone',
    (one) => readCoded(one, 1),
    '^^L^B^b^M^1^2',
    ['ZZZ-1.3', 'ZZZ-1.7'],
  ],
  ['CQ', (one) => readQuantity(one, 1), '5&x^&&L&ml&&UCUM', ['ZZZ-1.1.2', 'ZZZ-1.2.3']],
  ['CQ', (one) => readQuantity(one, 1), '5^ml&&UCUM', []],
  [
    'words',
    (one) => readWords(one, 1),
    '^^L^B^b^M^^^as written',
    ['ZZZ-1.3', 'ZZZ-1.6', 'ZZZ-1.9'],
  ],
  [
    'CX',
    (one) => readIdentifiers(one, 1, source),
    '1^8^M11^X99&1.2&ISO^MR^H&1.3&ISO^20200101^^9',
    ['ZZZ-1.6.2', 'ZZZ-1.6.3', 'ZZZ-1.9'],
  ],
  ['CX', (one) => readIdentifiers(one, 1, source), '^^^X99^MR', ['ZZZ-1.4', 'ZZZ-1.5']],
  [
    'HD of an unknown type',
    (one) => readIdentifiers(one, 1, source),
    '1^^^X99&1.2&ODD',
    ['ZZZ-1.4.3'],
  ],
  [
    'XCN',
    (one) => readPractitioners(one, 1),
    'C1^SMITH&VAN^JO^^^^MD^SRC^GMC^L^4^M10^LN',
    ['ZZZ-1.2.2', 'ZZZ-1.8', 'ZZZ-1.11', 'ZZZ-1.12'],
  ],
  ['XPN', (one) => readNames(one, 1), 'SMITH^JO^^^^^L^A', ['ZZZ-1.8']],
  ['XPN', (one) => readNames(one, 1), '^^^^^^L', ['ZZZ-1.7']],
  [
    'XAD',
    (one) => readAddresses(one, 1),
    '14 CANAL WALK&CANAL WALK&14^^LONDON^^SE5^^H^^^^X',
    ['ZZZ-1.11'],
  ],
  [
    'XAD',
    (one) => readAddresses(one, 1),
    '14 CANAL WALK&OTHER ST&14&REAR^^^^^^^^X&Y&Z',
    ['ZZZ-1.1.4', 'ZZZ-1.9.3'],
  ],
  ['XTN', (one) => readTelecoms(one, 1), '(020) 79460123^PRN^PH^^44^20^79460123', ['ZZZ-1.5']],
  ['XTN', (one) => readTelecoms(one, 1), '(020) 79460123^PRN^PH^^+', ['ZZZ-1.5']],
  ['XTN', (one) => readTelecoms(one, 1), '(555)555-0123^PRN^PH^^1^555^5550123', ['ZZZ-1.5']],
  ['XTN', (one) => readTelecoms(one, 1), '+44 20 79460123 x12^PRN^PH^^44^20^79460123^12', []],
  [
    'XTN',
    (one) => readTelecoms(one, 1),
    '79460123^PRN^PH^^44^20^111',
    ['ZZZ-1.5', 'ZZZ-1.6', 'ZZZ-1.7'],
  ],
  ['XON', (one) => readOrganisation(one, 1), 'Lab^L^17^^^X99&1.2&ISO^^^^R1', ['ZZZ-1.3']],
  ['EI', (one) => readEntityNumber(one, 1), '17^LAB^1.2^ISO', ['ZZZ-1.3', 'ZZZ-1.4']],
])('%s lists the unused components of %3$s', (_, read, sent, unused) =>
  expect(unusedOf(sent, read)).toEqual(unused),
)

test('a number and an address in one repetition are two telecoms; other components are kept', () => {
  const message = parse(
    'MSH|^~\\&\rZZZ|020^WPN^PH^a@example.org^^^^^after six^^^^20260101^^^^^2',
    'utf-8',
  ) as Hl7Message
  expect(readTelecoms(message.segments[1] as Segment, 1)).toMatchObject([
    {
      value: '020',
      equipment: 'PH',
      detail: { remark: 'after six', validFrom: '2026-01-01', preference: '2' },
    },
    { value: 'a@example.org', equipment: null },
  ])
})

test('a name has its validity, in two components or in one range', () => {
  const message = parse(
    'MSH|^~\\&\rZZZ|A^^^^^PHD^L^^^^^20200101^2021~B^^^^^^^^^2019&2020',
    'utf-8',
  ) as Hl7Message
  expect(readNames(message.segments[1] as Segment, 1)).toMatchObject([
    { detail: { degree: 'PHD', validFrom: '2020-01-01', validUntil: '2021' } },
    { detail: { validFrom: '2019', validUntil: '2020' } },
  ])
})

test('the street, the county and the addressee are kept if the lines do not have them', () => {
  const message = parse(
    'MSH|^~\\&\rZZZ|14 CANAL WALK&OTHER ST&14^^LONDON^^^^^^X&SURREY^^^^^^^^^^MR RAO',
    'utf-8',
  ) as Hl7Message
  expect(readAddresses(message.segments[1] as Segment, 1)).toMatchObject([
    {
      lines: ['14 CANAL WALK'],
      detail: {
        streetName: 'OTHER ST',
        dwellingNumber: null,
        county: 'X',
        countyName: 'SURREY',
        addressee: 'MR RAO',
      },
    },
  ])
})

test('the unformatted number is kept beside another, and once if it is the only one', () => {
  const message = parse(
    'MSH|^~\\&\rZZZ|(020) 7946^PRN^PH^^^^^^^^^0207946~^PRN^PH^^^^^^^^^999',
    'utf-8',
  ) as Hl7Message
  const telecoms = readTelecoms(message.segments[1] as Segment, 1)
  expect(telecoms).toMatchObject([
    { value: '(020) 7946', detail: { unformatted: '0207946' } },
    { value: '999', detail: null },
  ])
})

test('a professional suffix is kept beside a degree', () => {
  const message = parse(
    `MSH|^~\\&\rZZZ|C1^RAO^ANN^^^^MD${'^'.repeat(14)}FRCP~C2^DIAZ${'^'.repeat(19)}FRCS`,
    'utf-8',
  ) as Hl7Message
  expect(readPractitioners(message.segments[1] as Segment, 1)).toMatchObject([
    { detail: { degree: 'MD', professionalSuffix: 'FRCP' } },
    { detail: { degree: 'FRCS', professionalSuffix: null } },
  ])
})

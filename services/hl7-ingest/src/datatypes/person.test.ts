import { expect, test } from 'vitest'
import { type Hl7Message, parse, type Segment } from '@tideway/hl7v2/lexer/message'
import { codedInPart, readCoded } from './ce.ts'
import { readLocation } from './pl.ts'
import { readAddresses } from './xad.ts'
import { readNamedWithDate, readPractitioner } from './xcn.ts'
import { readNames } from './xpn.ts'
import { readTelecoms } from './xtn.ts'

const field = (sent: string): Segment =>
  (parse(`MSH|^~\\&\rZZZ|${sent}`, 'utf-8') as Hl7Message).segments[1] as Segment

test('a name in its parts; further names come in one component', () => {
  expect(
    readNames(field('O\\T\\NEILL&VAN&X^SIOBHAN^ROSE  MARY^JR^MISS^^L~^~^PAT'), 1),
  ).toMatchObject([
    {
      family: 'O&NEILL',
      given: ['SIOBHAN', 'ROSE', 'MARY'],
      prefix: 'MISS',
      suffix: 'JR',
      use: 'L',
    },
    { family: null, given: ['PAT'], prefix: null, suffix: null, use: null },
  ])
})

test.each([
  ['van Berg&van&Berg^Jan', 'van Berg'],
  ['&van&Berg^Jan', 'van Berg'],
  ['&&Berg&de&Wit^Jan', 'Berg de Wit'],
  ['^Jan', null],
])('the surname of %s is %s: the whole, else its parts', (sent, family) => {
  expect(readNames(field(sent), 1)).toMatchObject([{ family, given: ['Jan'] }])
  expect(readPractitioner(field(`C1^${sent}`), 1)).toMatchObject({ family, given: ['Jan'] })
})

test('an address with only a type is left out', () => {
  expect(
    readAddresses(field('^^^^^^H~FLAT 1^14 CANAL WALK^LONDON^^SE5 9RS^GBR^H'), 1),
  ).toMatchObject([
    {
      lines: ['FLAT 1', '14 CANAL WALK'],
      city: 'LONDON',
      district: null,
      postcode: 'SE5 9RS',
      country: 'GBR',
      use: 'H',
    },
  ])
})

test.each([
  ['02079460123^PRN^PH', { value: '02079460123', use: 'PRN', equipment: 'PH' }],
  ['^NET^Internet^a@example.org', { value: 'a@example.org', use: 'NET', equipment: 'Internet' }],
  ['^PRN^PH^^44^20^79460123^9', { value: '44 20 79460123 x9', use: 'PRN', equipment: 'PH' }],
  ['^PRN^PH^^^^^^^^^+44 20 7946 0123', { value: '+44 20 7946 0123', use: 'PRN', equipment: 'PH' }],
])('telecom %s', (sent, telecom) => expect(readTelecoms(field(sent), 1)).toMatchObject([telecom]))

test('a telecom without a number is left out', () =>
  expect(readTelecoms(field('^PRN^PH'), 1)).toEqual([]))

test('a practitioner is read; one with only a title is left out', () => {
  expect(readPractitioner(field('C1^SMITH^JO^ANN^^DR^^^GMC&1.2&ISO'), 1)).toMatchObject({
    identifier: 'C1',
    authority: 'GMC',
    family: 'SMITH',
    given: ['JO', 'ANN'],
    prefix: 'DR',
    detail: { authorityId: '1.2' },
  })
  expect(readPractitioner(field('^^^^^DR'), 1)).toBeNull()
})

test('a practitioner with date and place is in subcomponents', () => {
  expect(readNamedWithDate(field('C1&SMITH&JO&&&DR&&&GMC^202607010900'), 1)).toMatchObject([
    { identifier: 'C1', authority: 'GMC', family: 'SMITH', given: ['JO'], prefix: 'DR' },
  ])
})

test('a location has the components sent', () => {
  expect(readLocation(field('W1^BAY 2^3^X99&1.2&ISO^^BED^MAIN^2^Ward One'), 1)).toMatchObject({
    pointOfCare: 'W1',
    detail: { type: 'BED' },
    room: 'BAY 2',
    bed: '3',
    facility: 'X99',
    building: 'MAIN',
    floor: '2',
    description: 'Ward One',
  })
  expect(readLocation(field('^^'), 1)).toBeNull()
})

test('a code with its alternate; the original text if there is no other; null if there is only a system', () => {
  expect(readCoded(field('K^Potassium^LOCAL^75940-7^Potassium^LN'), 1)).toMatchObject({
    code: 'K',
    text: 'Potassium',
    system: 'LOCAL',
    alternateCode: '75940-7',
    alternateText: 'Potassium',
    alternateSystem: 'LN',
  })
  expect(readCoded(field('^^^^^^^^as written'), 1)?.text).toBe('as written')
  expect(readCoded(field('^^LN'), 1)).toBeNull()
})

test('a code inside a component', () => {
  expect(codedInPart(field('').message, 'BLD&Blood&HL70070')).toMatchObject({
    code: 'BLD',
    text: 'Blood',
    system: 'HL70070',
  })
})

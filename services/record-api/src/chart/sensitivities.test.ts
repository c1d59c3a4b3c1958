import { expect, test } from 'vitest'
import { oru, resultsOf, wholeOf } from '../json/from-senders/whole-record.fixture.ts'
import { eventsOf, receivedAs } from '../json/said-later.fixture.ts'
import { recordIn, stored } from '../json/withdrawn-record.fixture.ts'
import { asTheyStand } from './as-they-stand.ts'

const obr = (service: string, status: string, parent = '', number = 'F1', parentNumber = '') =>
  `OBR|1|P1|${number}|${service}|||20260901090000${'|'.repeat(17)}MB|${status}|${parent}|||${parentNumber}`
const organism = (subId: string, name: string, status: string) =>
  `OBX|1|CWE|ORG^Organism|${subId}|${name}||||||${status}`
const sensitivity = (status = 'F') => `OBX|1|ST|AMX^Amoxicillin||R|||R|||${status}`

const preliminary = oru(
  '20260901100000',
  'C-1',
  obr('CULT', 'P'),
  organism('1', 'ECOLI^E. coli', 'P'),
)
const sensitivities = oru(
  '20260901110000',
  'C-2',
  obr('SENS', 'F', 'ORG&Organism^1^E. coli'),
  sensitivity(),
)

/** The record as it is read: with the documents as stored, loaded as the store loads them. */
const recordAfter = async (...messages: string[]) => {
  const documents = stored(...messages.map((message, nth) => eventsOf(message, receivedAs(nth))))
  const all = [...documents.entries.values()]
  const entries = await asTheyStand(all, {
    byId: async (ids) => new Map(all.filter(({ _id }) => ids.includes(_id)).map((e) => [e._id, e])),
    reportsUnder: async (prefixes) =>
      all.filter(({ _id }) => prefixes.some((prefix) => _id.startsWith(prefix))),
  })
  return recordIn({ ...documents, entries: new Map(entries.map((entry) => [entry._id, entry])) })
}
const marksAfter = async (...messages: string[]) =>
  (await recordAfter(...messages)).reports
    .flatMap(({ observations }) => observations)
    .filter(({ code }) => code.code === 'AMX')
    .map(({ value, notCurrent }) => [value, notCurrent])

test.each([
  ['omits', organism('2', 'STAPH^S. aureus', 'F')],
  ['withdraws', organism('1', '', 'D')],
  ['cancels', organism('1', '', 'X')],
])('sensitivities of an organism that the final culture %s are not current', async (_, obx) => {
  const final = oru('20260901120000', 'C-3', obr('CULT', 'F'), obx)
  const marked = [['R', 'parent-not-current']]
  expect(await marksAfter(preliminary, sensitivities, final)).toEqual(marked)
  expect(await marksAfter(final, sensitivities, preliminary)).toEqual(marked)
})

test('so are those with a number of their own that names the culture (OBR-29)', async () => {
  const own = oru(
    '20260901110000',
    'C-4',
    obr('SENS', 'F', 'ORG&Organism^1', 'F2', 'P1^F1'),
    sensitivity(),
  )
  const cancelled = oru('20260901120000', 'C-5', obr('CULT', 'X'))
  expect(await marksAfter(preliminary, own, cancelled)).toEqual([['R', 'parent-not-current']])
})

test('of an organism that stands, or is not known, they are current', async () => {
  const final = oru('20260901120000', 'C-3', obr('CULT', 'F'), organism('1', 'ECOLI^E. coli', 'F'))
  expect(await marksAfter(preliminary, sensitivities, final)).toEqual([['R', undefined]])
  expect(await marksAfter(sensitivities)).toEqual([['R', undefined]])
  expect(await marksAfter(preliminary, sensitivities)).toEqual([['R', undefined]])
})

test('the value stays readable', async () => {
  const final = oru('20260901120000', 'C-3', obr('CULT', 'F'), organism('1', '', 'D'))
  const record = await recordAfter(preliminary, sensitivities, final)
  expect(resultsOf(record)).toContainEqual(
    expect.objectContaining({ code: 'AMX', value: 'R', status: 'final' }),
  )
  expect(wholeOf(record)).toContain('parent-not-current')
})

import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { loadSources } from '@tideway/hl7-ingest/identify/load-sources'
import { sandboxSource } from '@tideway/hl7-ingest/identify/sandbox-source'
import { encodeObject, objectKeyOf } from '@tideway/schemas/archive'
import { expect, test } from 'vitest'
import { fixture } from '../../checks/fixture.ts'
import { checkout } from '../../checks/tool.ts'
import { draftSource, mostFrequentFacility } from './draft.ts'
import { addMessage, emptyFeed } from './feed.ts'
import { filesAt, messagesIn, messagesOf } from './inputs.ts'
import { reportJson, reportOf, reportText } from './report.ts'

const mappings = await loadMappings()
const source = sandboxSource('X99', { maxMessageBytes: 1_000_000, idleFrameMs: 30_000 })
/** 1 July 2026, 09:15 in London, milliseconds. */
const receivedAt = Date.UTC(2026, 6, 1, 8, 15)
const a01 =
  'MSH|^~\\&|PAS|X99|T|S|20260701091500||ADT^A01^ADT_A01|ID1|P|2.4||||||8859/1\rEVN|A01|202607010915+0000\r' +
  'PID|1||1002003^^^X99^MR~9991001018^^^NHSNBR^NHSNMBR~1234567890^^^NHS^NH||SECRETNAME^PERSON||19800101|F||""\rPV1|1|QQ|WARD||||||||||||||||V1\rZU1|1|SECRETTEXT\rIN1|1|SECRETPLAN\r'
const oru =
  'MSH|^~\\&|LIMS|X99|T|S|20270101||ORU^R01|ID1|P|2.4\nPID|1||1002003^^^X99^MR||SECRETNAME^PERSON\nOBR|1||F1|UE^Urea^LOCAL|||202607011005\nOBX|1|NM|K^Potassium^L||4.1|furlongs|||||F\n'
const feedOf = (...texts: string[]) => {
  const feed = emptyFeed()
  for (const text of texts)
    addMessage(feed, { bytes: Buffer.from(text, 'latin1'), source, receivedAt }, mappings)
  return feed
}
const rowsOf = (feed: ReturnType<typeof feedOf>, title: RegExp) =>
  reportOf(feed, 20).find((section) => title.test(section.title))?.rows

test.each([
  [
    /by type/,
    [
      ['ADT^A01', 'ADT_A01', '2.4', '2'],
      ['ORU^R01', '(empty)', '2.4', '1'],
    ],
  ],
  [
    /Character set/,
    [
      ['(empty)', 'ASCII only', '1'],
      ['8859/1', 'ASCII only', '1'],
      ['8859/1', 'iso-8859-1', '1'],
    ],
  ],
  [
    /Segment ends/,
    [
      ['CR', '2'],
      ['LF', '1'],
    ],
  ],
  [
    /MSH-10/,
    [
      ['same id, OTHER bytes: not unique', '2'],
      ['first message with its id', '1'],
      ['no id: refused', '0'],
      ['same id, same bytes: sent again', '0'],
    ],
  ],
  [
    /future/,
    [
      ['EVN-2', '2'],
      ['MSH-7', '1'],
      ['OBR-7', '1'],
    ],
  ],
  [/whole hours/, [['0', '2']]],
  [
    /NHS numbers/,
    [
      ['PID-3', 'not valid', '2'],
      ['PID-3', 'valid, test range', '2'],
    ],
  ],
  [/no table/, [['PV1-2', 'QQ', '2']]],
  [
    /without a translation/,
    [
      ['OBR-4', 'LOCAL', 'UE', '1'],
      ['OBX-3', 'L', 'K', '1'],
      ['OBX-6', 'no system', 'furlongs', '1'],
    ],
  ],
  [/Z segments/, [['ZU1', '2']]],
  [/not used/, [['IN1-2', '2']]],
  [
    /^Fixes/,
    [
      ['offset-is-not-meant', 'EVN-2', '2'],
      ['quotes-mean-nothing', 'PID-10', '2'],
    ],
  ],
])('%s', (title, rows) =>
  expect(rowsOf(feedOf(a01, a01.replace('PERSON', 'P\xc9RSON'), oru), title)).toEqual(rows),
)

test('parked messages are counted by code and place, other content as not HL7', () => {
  const feed = feedOf(
    a01.replace('ADT^A01', 'ADT^Z99'),
    a01.replace('1002003^^^X99^MR~9991001018^^^NHSNBR^NHSNMBR~', ''),
    'hello',
  )
  expect(rowsOf(feed, /Parked/)).toEqual([
    ['INVALID_FIELD', 'PID-3', 'ADT^A01', '1'],
    ['UNSUPPORTED_TYPE', 'MSH-9', 'ADT^Z99', '1'],
  ])
  expect(feed.notHl7).toBe(1)
})

test('no value of a person is in the report, wherever a sender put it', () => {
  const odd = a01
    .replaceAll('QQ', 'SECRETNAME, PERSON')
    .replaceAll('^NHSNBR', '^9991001018')
    .replace('ADT_A01', 'SECRET NAME OF A LONG PERSON NAME HERE')
  const feed = feedOf(a01, odd, oru)
  const text =
    reportText(feed, reportOf(feed, 100)) + JSON.stringify(reportJson(feed, reportOf(feed, 100)))
  expect(text).not.toMatch(/SECRET|1002003|9991001018|1234567890|19800101/)
  expect(text).toContain('3 messages, 0 not HL7')
})

test('a local code that is a long number is shown unless it may identify a person', () => {
  const coded = (code: string) => oru.replaceAll('\n', '\r').replace('UE^Urea', `${code}^Urea`)
  const feed = feedOf(...['1002003', '9991001018', '52510023'].map(coded))
  expect(rowsOf(feed, /without a translation/)?.filter(([field]) => field === 'OBR-4')).toEqual([
    ['OBR-4', 'LOCAL', '(long number)', '2'],
    ['OBR-4', 'LOCAL', '52510023', '1'],
  ])
})

test('the draft is a valid source file without guesses', () => {
  const folder = fixture({})
  copyFileSync(
    join(checkout, 'schemas/sources/source.schema.json'),
    join(folder, 'source.schema.json'),
  )
  const draft = draftSource(feedOf(a01, a01.replace('^^^X99^MR', '^^^OTHER^PI'), oru), 'RXX')
  writeFileSync(join(folder, 'rxx.json'), JSON.stringify(draft))
  expect(loadSources(folder, new Set())).toMatchObject([
    {
      ods: 'RXX',
      hl7: {
        match: { sendingApplications: ['PAS', 'LIMS'], sendingFacilities: ['X99'] },
        authorities: { RXX: 'RXX', X99: 'RXX' },
        nhsNumber: { authorities: ['NHS', 'NHSNBR'], types: ['NH', 'NHSNMBR'] },
        patientIdentifierTypes: ['MR', 'PI'],
        codes: {},
      },
    },
  ])
  writeFileSync(join(folder, 'rxx.json'), JSON.stringify(draftSource(emptyFeed(), 'RXX')))
  expect(() => loadSources(folder, new Set())).toThrow('/hl7/match')
})

test('the draft never takes an account or visit number for a number of a patient', () => {
  const newborn = (mrn: string) =>
    `MSH|^~\\&|PAS|X99|T|S|20260701091500||ADT^A01|${mrn}|P|2.4\rPID|1||${mrn}^^^X99^MR~A778^^^X99^AN~V12^^^X99^VN~A778^^^X99^HOSP~E5^^^X99^ACCTNO||A^B||19800101|F||||||||||A778^^^X99^AN\rPV1|1|I|WARD||||||||||||||||V12\r`
  const draft = draftSource(feedOf(newborn('1002003'), newborn('1002004')), 'X99')
  expect(draft.hl7.patientIdentifierTypes).toEqual(['MR'])
  const unmarked = newborn('1002003').replaceAll('^^^X99^MR', '^^^X99^VN')
  expect(draftSource(feedOf(unmarked), 'X99').hl7.patientIdentifierTypes).toEqual(['MR', 'PI'])
})

test('without a source the draft is for the most frequent facility that is an ODS code', () => {
  const other = a01.replace('PAS|X99', 'PAS|Some Hospital')
  expect(mostFrequentFacility(feedOf(other, other, a01))).toBe('X99')
  expect(mostFrequentFacility(feedOf(other))).toBeNull()
})

test('files, folders, batches and frames are read', () => {
  const folder = fixture({
    'a/1.hl7': a01,
    'a/b/2.hl7': `BHS|^~\\&|A\r${a01}${oru.replaceAll('\n', '\r')}BTS|2\r`,
    '3.hl7': `\x0b${a01}\x1c\r`,
  })
  expect(
    filesAt([folder])
      .flatMap((file) => messagesIn(file, null))
      .map((sent) => sent.source.ods),
  ).toEqual(['X99', 'X99', 'X99', 'X99'])
  expect(() => filesAt([join(folder, 'nowhere')])).toThrow('is not there')
})

test('only the messages of the source are read from the archive, with their time of receipt', async () => {
  const archived = (offset: number, ods: string) => ({
    partition: 0,
    offset,
    durableAt: receivedAt + offset,
    message: {
      id: `id-${offset}`,
      source: ods,
      bytes: Buffer.from(a01),
      payload: null,
      connection: 'mllp',
      receivedAt: (receivedAt + offset) * 1000,
      sentAt: null,
      controlId: 'ID1',
      type: 'ADT^A01',
      characterSet: 'utf-8',
      answered: 'AA',
      problem: null,
      parked: false,
      patientKeys: [],
      events: 0,
      unused: [],
      submission: null,
    },
  })
  const object = await encodeObject([archived(1, 'X99'), archived(2, 'X98'), archived(3, 'X99')], {
    first: 1,
    last: 3,
    skipped: [],
    archivedAt: new Date(receivedAt),
  })
  const key = objectKeyOf(0, 1, receivedAt)
  const store = {
    get: async (wanted: string) => (wanted === key ? object : null),
    list: async function* (prefix: string) {
      if (key.startsWith(prefix)) yield key
    },
  } as unknown as Parameters<typeof messagesOf>[0]['store']
  const sent = await Array.fromAsync(
    messagesOf({ store }, 'X99', null, receivedAt, receivedAt + 1_000),
  )
  expect(sent.map((one) => [one.source.ods, one.receivedAt])).toEqual([
    ['X99', receivedAt + 1],
    ['X99', receivedAt + 3],
  ])
  expect(
    await Array.fromAsync(messagesOf({ store }, 'X99', source, receivedAt + 2, receivedAt + 3)),
  ).toEqual([])
})

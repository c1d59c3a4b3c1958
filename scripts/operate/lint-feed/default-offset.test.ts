import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { sandboxSource } from '@tideway/hl7-ingest/identify/sandbox-source'
import { expect, test } from 'vitest'
import { defaultOffsetOf, defaultOffsetWords } from './default-offset.ts'
import { draftSource } from './draft.ts'
import { addMessage, emptyFeed } from './feed.ts'
import { reportJson, reportOf, reportText } from './report.ts'

const mappings = await loadMappings()
const source = sandboxSource('X99', { maxMessageBytes: 1_000_000, idleFrameMs: 30_000 })

/** ADT of MSH-7, EVN-2 and PV1-44. */
const adt = (msh7: string, evn2: string, pv144 = '') =>
  `MSH|^~\\&|PAS|X99|T|S|${msh7}||ADT^A01|${msh7}${evn2}|P|2.5\rEVN|A01|${evn2}\r` +
  `PID|1||1002003^^^X99^MR||A^B||19800101|F\rPV1|1|I|W||||||||||||||||V1${'|'.repeat(25)}${pv144}`

const feedOf = (...texts: string[]) => {
  const feed = emptyFeed()
  for (const text of texts)
    addMessage(feed, { bytes: Buffer.from(text), source, receivedAt: null }, mappings)
  return feed
}
const found = (...texts: string[]) => defaultOffsetOf(feedOf(...texts).defaultOffset)

test('times that would lie after the message with its offset are in the time zone', () => {
  const local = adt('20260701080000+0000', '20260701085900', '20260701083000')
  expect(found(local)).toEqual({ value: false, fits: 2, contradicts: 0 })
})

test('times equal to MSH-7 have its offset', () => {
  expect(found(adt('20260701080000+0000', '20260701080000'))).toEqual({
    value: true,
    fits: 1,
    contradicts: 0,
  })
})

test('times that would lie after the message in the time zone have its offset', () => {
  expect(found(adt('20260701080000+0300', '20260701073000'))).toEqual({
    value: true,
    fits: 1,
    contradicts: 0,
  })
})

test.each([
  ['in winter, when the offset is that of the zone', adt('20260101080000+0000', '20260101080000')],
  ['without an offset', adt('20260701080000', '20260701080000')],
  ['where every time has its own', adt('20260701080000+0000', '20260701080000+0000')],
  ['of times long before', adt('20260701080000+0000', '20260630080000')],
])('nothing is recommended %s', (_, text) => {
  expect(found(text)).toBeNull()
})

test('times that contradict one another recommend nothing', () => {
  const feed = feedOf(
    adt('20260701080000+0000', '20260701085900'),
    adt('20260701080000+0000', '20260701080000'),
  )
  expect(defaultOffsetOf(feed.defaultOffset)).toBeNull()
  expect(defaultOffsetWords(feed.defaultOffset)).toContain('do not tell')
})

test('the report says it with its evidence, and the draft has it', () => {
  const feed = feedOf(adt('20260701080000+0000', '20260701085900'))
  const sections = reportOf(feed, 20)
  expect(reportText(feed, sections)).toContain(
    'Recommended: offsetOfMsh7IsDefault: false (1 time fits nothing else)',
  )
  expect(sections.find(({ title }) => title.includes('beside MSH-7'))?.rows).toEqual([
    ['EVN-2', 'only the time zone fits', '1'],
  ])
  expect(reportJson(feed, sections)).toMatchObject({
    recommended: { offsetOfMsh7IsDefault: false },
  })
  expect(draftSource(feed, 'X99').hl7.offsetOfMsh7IsDefault).toBe(false)
  expect(draftSource(feedOf(), 'X99').hl7).not.toHaveProperty('offsetOfMsh7IsDefault')
})

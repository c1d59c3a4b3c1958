import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { given, oru, x99 } from '../normalise/normalise.fixture.ts'
import { pipesToXml } from '@tideway/hl7v2/xml/pipes-to-xml.fixture'

const withHl7 = (hl7: Partial<Source['hl7']>): Source => ({ ...x99, hl7: { ...x99.hl7, ...hl7 } })
const messageOf = (sentAt: string, time: string) =>
  `${oru.replace('20260701091500', sentAt)}OBR|1|P1|F1|TROP|||${time}\rOBX|1|TS|T||${time}||||||F|||${time}\r`
const timesIn = (content: string | Buffer, source = x99) => {
  const { events } = given(content, source)
  const report = events.map(({ body }) => body).find((body) => body.type === 'ResultReported')
  const [observation] = report?.observations ?? []
  return [report?.collectedAt, observation?.observedAt, observation?.value]
}
const all = (time: string) => [time, time, time]

test.each([
  ['20260715120000+0000', '20260715091500', '2026-07-15T09:15:00+00:00'],
  ['20260715120000.1234+0000', '202607150915', '2026-07-15T09:15+00:00'],
  ['202607151200-0500', '20260715091500', '2026-07-15T09:15:00-05:00'],
  ['20260115120000+0530', '20260115091500', '2026-01-15T09:15:00+05:30'],
  ['20260715120000+0000', '20260715091500+0100', '2026-07-15T09:15:00+01:00'],
  ['20260715120000+0000', '20260715', '2026-07-15'],
])('MSH-7 %s is the default offset of %s', (sentAt, time, iso) => {
  const content = messageOf(sentAt, time)
  expect(timesIn(content)).toEqual(all(iso))
  expect(timesIn(pipesToXml(Buffer.from(content)) as Buffer)).toEqual(all(iso))
})

test.each([
  ['none', '20260715120000', '20260715091500', '2026-07-15T09:15:00+01:00'],
  ['that of the zone', '20260715120000+0100', '20260115091500', '2026-01-15T09:15:00+00:00'],
  [
    'that of the zone in winter',
    '20260115120000+0000',
    '20250715091500',
    '2025-07-15T09:15:00+01:00',
  ],
  [
    'the first of the repeated hour',
    '20261025013000+0100',
    '20260715091500',
    '2026-07-15T09:15:00+01:00',
  ],
  [
    'the second of the repeated hour',
    '20261025013000+0000',
    '20260715091500',
    '2026-07-15T09:15:00+01:00',
  ],
  ['one that does not exist', '20260715120000+9900', '20260715091500', '2026-07-15T09:15:00+01:00'],
])(
  'times are those of the zone of the source if the offset of MSH-7 is %s',
  (_, sentAt, time, iso) => {
    expect(timesIn(messageOf(sentAt, time))).toEqual(all(iso))
  },
)

test('the source file may say that the offset of MSH-7 means nothing for other times', () => {
  const content = messageOf('20260715120000+0000', '20260715091500')
  const local = all('2026-07-15T09:15:00+01:00')
  expect(timesIn(content, withHl7({ offsetOfMsh7IsDefault: false }))).toEqual(local)
  expect(timesIn(content, withHl7({ fixes: ['offset-is-not-meant'] }))).toEqual(local)
  expect(timesIn(content, withHl7({ offsetOfMsh7IsDefault: true }))).toEqual(
    all('2026-07-15T09:15:00+00:00'),
  )
})

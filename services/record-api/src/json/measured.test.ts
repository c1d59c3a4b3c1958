import { expect, test } from 'vitest'
import { hl7 } from './said-later.fixture.ts'
import { entriesIn, pid, storedAfter, summaryIn } from './short-form.fixture.ts'

const obx = (
  set: number,
  name: string,
  value: string,
  site: string,
  method = 'ART^Arterial line',
) =>
  `OBX|${set}|NM|${name}^${name}||${value}|mmHg|90-140|H|||F|||||C1^QUILL|${method}|MON7^ICU||${site}`
const oru = (...segments: string[]) =>
  hl7(
    'ORU^R01',
    '20260901100000',
    'O1',
    pid,
    'OBR|1|P1|F1|BP^Blood pressure|||20260901090000||||||||||||||||VS|F',
    ...segments,
  )

test('site, method and device of OBX are in entry and line; where they differ, at the value', () => {
  const same = storedAfter(
    oru(obx(1, 'SYS', '180', 'LA^Left arm'), obx(2, 'DIA', '95', 'LA^Left arm')),
  )
  expect(entriesIn(same, 'report')[0]).toMatchObject({
    observations: [
      {
        bodySite: { text: 'Left arm' },
        method: { text: 'Arterial line' },
        more: { device: 'MON7 (ICU)' },
      },
      { bodySite: { text: 'Left arm' } },
    ],
  })
  expect(summaryIn(same).reports.lines[0]).toMatchObject({
    measured: 'Left arm, Arterial line, MON7 (ICU)',
  })
  const differing = storedAfter(
    oru(obx(1, 'SYS', '180', 'LA^Left arm'), obx(2, 'SYS2', '150', 'RA^Right arm')),
  )
  expect(summaryIn(differing).reports.lines[0]).toMatchObject({
    measured: 'Arterial line, MON7 (ICU)',
    abnormal: [{ bodySite: 'Left arm' }, { bodySite: 'Right arm' }],
  })
})

test('the site of the specimen (SPM-8) is in the line of a report whose values have none', () => {
  const culture = oru('OBX|1|ST|ORG^Organism||No growth||||||F', 'SPM|1|S1||SWB^Swab||||TH^Throat')
  expect(entriesIn(storedAfter(culture), 'report')[0]).toMatchObject({
    more: { specimens: [{ site: { text: 'Throat' } }] },
  })
  expect(summaryIn(storedAfter(culture)).reports.lines[0]).toMatchObject({
    measured: 'Throat',
  })
})

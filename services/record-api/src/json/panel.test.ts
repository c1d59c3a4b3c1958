import { expect, test } from 'vitest'
import { hl7 } from './said-later.fixture.ts'
import { entriesIn, pid, storedAfter, subject, summaryIn } from './short-form.fixture.ts'

/** A panel without a value of its own, as monitors and FHIR servers send it. */
const panel = {
  resourceType: 'Observation',
  status: 'final',
  id: 'obs-32',
  code: {
    coding: [{ system: 'http://loinc.org', code: '85354-9', display: 'Blood pressure panel' }],
  },
  subject,
  effectiveDateTime: '2026-09-01T09:00:00+01:00',
  bodySite: { text: 'Left arm' },
  method: { text: 'Sphygmomanometer, invasive line' },
  device: { display: 'Monitor 7' },
  performer: [{ display: 'Nurse Quill' }],
  component: [
    { code: { text: 'Systolic' }, valueQuantity: { value: 118, unit: 'mmHg' } },
    {
      code: { text: 'Diastolic' },
      dataAbsentReason: { coding: [{ code: 'unknown' }] },
    },
  ],
}
const measured = 'Left arm, Sphygmomanometer, invasive line, Monitor 7'

test('name, site, method, device and performer of a panel reach its components and the line', () => {
  const documents = storedAfter(panel)
  expect(entriesIn(documents, 'report')).toMatchObject([
    {
      service: { code: '85354-9', text: 'Blood pressure panel' },
      observations: [
        {
          code: { text: 'Systolic' },
          value: '118',
          bodySite: { text: 'Left arm' },
          method: { text: 'Sphygmomanometer, invasive line' },
          more: {
            device: 'Monitor 7',
            performers: [{ family: 'Nurse Quill' }],
            panel: { code: '85354-9', text: 'Blood pressure panel' },
          },
        },
        { code: { text: 'Diastolic' }, bodySite: { text: 'Left arm' } },
      ],
    },
  ])
  expect(summaryIn(documents).reports.lines).toMatchObject([
    { name: 'Blood pressure panel', measured },
  ])
})

test('a panel of a report keeps its name and site', () => {
  const documents = storedAfter({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      {
        fullUrl: 'urn:uuid:r',
        resource: {
          resourceType: 'DiagnosticReport',
          id: 'R1',
          status: 'final',
          code: { text: 'Observations' },
          subject,
          result: [{ reference: 'urn:uuid:o' }],
        },
      },
      { fullUrl: 'urn:uuid:o', resource: panel },
    ],
  })
  expect(entriesIn(documents, 'report')[0]).toMatchObject({
    observations: [
      { bodySite: { text: 'Left arm' }, more: { panel: { text: 'Blood pressure panel' } } },
      { bodySite: { text: 'Left arm' } },
    ],
  })
  expect(summaryIn(documents).reports.lines[0]).toMatchObject({ measured })
})

test('a panel with a value keeps its own fields, and its components have them too', () => {
  const [report] = entriesIn(
    storedAfter({ ...panel, valueString: 'Within limits' }),
    'report',
  ) as unknown as { observations: { value?: string; bodySite?: { text: string } }[] }[]
  expect(report?.observations.map(({ value, bodySite }) => [value, bodySite?.text])).toEqual([
    ['Within limits', 'Left arm'],
    ['118', 'Left arm'],
    [undefined, 'Left arm'],
  ])
})

test('a device is named by the resource it refers to', () => {
  const documents = storedAfter({
    ...panel,
    contained: [
      {
        resourceType: 'Device',
        id: 'd',
        deviceName: [{ name: 'Bedside 9', type: 'user-friendly-name' }],
      },
    ],
    device: { reference: '#d' },
  })
  expect(summaryIn(documents).reports.lines[0]).toMatchObject({
    measured: 'Left arm, Sphygmomanometer, invasive line, Bedside 9',
  })
})

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

test('HL7 v2: site, method and device of OBX are in entry and line; where they differ, at the value', () => {
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

test('HL7 v2: the site of the specimen (SPM-8) is in the line of a report whose values have none', () => {
  const culture = oru('OBX|1|ST|ORG^Organism||No growth||||||F', 'SPM|1|S1||SWB^Swab||||TH^Throat')
  expect(entriesIn(storedAfter(culture), 'report')[0]).toMatchObject({
    more: { specimens: [{ site: { text: 'Throat' } }] },
  })
  expect(summaryIn(storedAfter(culture)).reports.lines[0]).toMatchObject({
    measured: 'Throat',
  })
})

import { expect, test } from 'vitest'
import { entriesIn, storedAfter, subject, summaryIn } from './short-form.fixture.ts'

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

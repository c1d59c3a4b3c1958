import { read, system } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import { recordAfter } from './report-version.fixture.ts'

const subject = { identifier: { system: system('X99'), value: 'A1' } }
const pdf = (text: string) => ({
  contentType: 'application/pdf',
  title: text,
  data: Buffer.from(`%PDF ${text}`).toString('base64'),
})
const report = (status: string, presentedForm?: object[], more: object = {}) => ({
  resourceType: 'DiagnosticReport',
  id: 'r1',
  status,
  subject,
  identifier: [{ system: system('X99', 'report'), value: 'N1' }],
  code: { coding: [{ code: 'CT', display: 'CT head' }] },
  effectiveDateTime: '2026-07-01T08:00:00Z',
  issued: '2026-07-01T09:00:00Z',
  ...(presentedForm === undefined ? {} : { presentedForm }),
  ...more,
})

test('a report as its sender presents it is a document of the report', () => {
  const html = { contentType: 'text/html', url: 'https://x99.example/report/1' }
  const { documents, reports } = recordAfter([report('final', [pdf('Report'), html])])
  expect(documents).toMatchObject([
    {
      title: 'Report',
      status: 'final',
      at: '2026-07-01T09:00:00Z',
      documentKind: { text: 'CT head' },
      report: reports[0]?.id,
      attachment: { contentType: 'application/pdf' },
      values: { attachments: [{ contentType: 'application/pdf' }, { pointer: html.url }] },
    },
  ])
})

test('its bytes are stored, and nothing of it is listed as unused', () => {
  const { attachments, unused, events } = read(report('final', [pdf('Report')]))
  expect(attachments.map(({ bytes }) => bytes.toString())).toEqual(['%PDF Report'])
  expect([unused, events.map(({ notShown }) => notShown)]).toEqual([[], [null, null]])
})

test('one without content is not shown, and does not stop the report', () => {
  const { problem, events, unused } = read(
    report('final', [{ title: 'Later', url: 'urn:uuid:nowhere' }]),
  )
  expect(problem).toBeNull()
  expect(events).toHaveLength(1)
  expect(events[0]?.notShown?.count).toBe(2)
  expect(unused).toEqual([
    'DiagnosticReport.presentedForm.title',
    'DiagnosticReport.presentedForm.url',
  ])
})

test.each([
  ['cancelled', [pdf('Report')]],
  ['cancelled', undefined],
  ['entered-in-error', [pdf('Report')]],
  ['entered-in-error', undefined],
] as const)('a report that is %s takes it back (%o)', (status, forms) => {
  const { documents } = recordAfter([
    report('final', [pdf('Report')]),
    report(status, forms === undefined ? undefined : [...forms]),
  ])
  expect(documents).toMatchObject([{ status }])
  expect(documents[0]?.attachment).toBeUndefined()
  expect(JSON.stringify(documents)).not.toContain('application/pdf')
})

test('a later version has its own, or none', () => {
  const [first, second] = [report('final', [pdf('First')]), report('corrected', [pdf('Second')])]
  expect(recordAfter([first, second]).documents).toMatchObject([
    { title: 'Second', status: 'corrected' },
  ])
  expect(recordAfter([first, report('corrected')]).documents).toMatchObject([
    { title: 'First', notCurrent: 'not-in-latest-version' },
  ])
})

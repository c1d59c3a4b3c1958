import { expect, test } from 'vitest'
import { oru, reportBundle } from './report-messages.fixture.ts'
import { recordAfter, valuesOf } from './report-version.fixture.ts'

const obr = (service: string, status: string, more = '') =>
  `OBR|1|P1|F1|${service}|||20260901090000|||||||||||||||20260901095500||CH|${status}${more}`
const psa = (status: string, value = '48', flag = 'HH') =>
  `OBX|1|NM|PSA^PSA||${value}|ug/L|0-4|${flag}|||${status}`
const first = oru('0110', obr('PSA^PSA', 'F'), psa('F'))
const cancelledBy = (time: string, ...below: string[]) =>
  oru(time, obr('PSA^PSA', 'X'), 'NTE|1||Wrong sample. Report cancelled.', ...below)

test('a report cancelled after its values: no value stands, the old one is under earlier, none in the summary', () => {
  const { reports, lines } = recordAfter([first, cancelledBy('0210')])
  expect(reports).toMatchObject([
    {
      status: 'cancelled',
      notes: ['Wrong sample. Report cancelled.'],
      observations: [
        {
          status: 'cancelled',
          absentReason: 'not-performed',
          reason: 'Wrong sample. Report cancelled.',
          flags: [],
          earlier: [{ value: '48', flags: ['HH'], numeric: { value: 48 } }],
        },
      ],
    },
  ])
  for (const field of ['value', 'numeric', 'abnormal', 'unit', 'range'])
    expect(reports[0]?.observations[0]).not.toHaveProperty(field)
  expect(lines).toMatchObject([{ status: 'cancelled', abnormal: [], retracted: 1 }])
})

test.each([
  ['with the value as final', psa('F')],
  ['with the value as cancelled', psa('X', '', '')],
  ['with another value', 'OBX|1|NM|FPSA^Free PSA||9|ug/L|0-4|HH|||F'],
])('a cancellation %s leaves none standing', (_, obx) => {
  const { reports, lines } = recordAfter([first, cancelledBy('0210', obx)])
  for (const { status, value } of reports[0]?.observations ?? [])
    expect([status, value]).toEqual(['cancelled', undefined])
  expect(lines[0]?.abnormal).toEqual([])
})

test('a text in place of the result in the cancelling message is the reason', () => {
  const text = 'OBX|1|TX|PSA^PSA||Sample haemolysed, please repeat.||||||F'
  const { reports } = recordAfter([first, oru('0210', obr('PSA^PSA', 'X'), text)])
  expect(reports[0]?.observations).toMatchObject([
    {
      status: 'cancelled',
      reason: 'Sample haemolysed, please repeat.',
      earlier: [{ value: 'Sample haemolysed, please repeat.' }, { value: '48' }],
    },
  ])
  expect(reports[0]?.observations[0]).not.toHaveProperty('value')
})

test('every value cancelled in OBX-11 is cancelled, whatever OBR-25 says', () => {
  const { lines, ...record } = recordAfter([
    first,
    oru('0210', obr('PSA^PSA', 'C'), psa('X', '', '')),
  ])
  expect(valuesOf(record)).toEqual([['PSA', null, 'cancelled']])
  expect(lines[0]).toMatchObject({ abnormal: [], retracted: 1 })
})

test.each(['F', 'C'])('a value reported after the cancellation with OBR-25 %s stands', (status) => {
  const again = oru('0310', obr('PSA^PSA', status), psa(status, '3', ''))
  const { reports } = recordAfter([first, cancelledBy('0210'), again])
  expect(reports[0]).toMatchObject({
    status: status === 'F' ? 'final' : 'corrected',
    observations: [{ value: '3', earlier: [{ value: '48' }] }],
  })
  expect(reports[0]?.notes).toEqual(['Wrong sample. Report cancelled.'])
})

test('a report sent again without values does not bring them back', () => {
  const { reports } = recordAfter([first, cancelledBy('0210'), oru('0310', obr('PSA^PSA', 'F'))])
  expect(reports[0]?.observations).toMatchObject([
    { status: 'cancelled', earlier: [{ value: '48' }] },
  ])
})

test('a cancellation made before a value and received after it changes nothing of that value', () => {
  const { reports, lines } = recordAfter([first, cancelledBy('0109')])
  expect(reports[0]).toMatchObject({ status: 'final', observations: [{ value: '48' }] })
  expect(lines[0]?.abnormal).toMatchObject([{ value: '48', flag: 'HH' }])
})

test.each(['OUL^R21', 'OUL^R22', 'OUL^R24', 'ORU^R40', 'ORU^R30'])('OBR-25 X in %s', (type) => {
  const message = cancelledBy('0210').replace('ORU^R01', type)
  expect(valuesOf(recordAfter([first, message]))).toEqual([['PSA', null, 'cancelled']])
})

test.each(['ORM^O01', 'OML^O21', 'OMG^O19'])('OBR-25 X in the order message %s', (type) => {
  const message = oru('0210', 'ORC|SC|P1|F1', obr('PSA^PSA', 'X')).replace('ORU^R01', type)
  const { reports, lines } = recordAfter([first, message])
  expect(reports).toMatchObject([
    { status: 'cancelled', observations: [{ status: 'cancelled', earlier: [{ value: '48' }] }] },
  ])
  expect(lines[0]?.abnormal).toEqual([])
  const alone = recordAfter([message])
  expect([alone.reports.map(({ status }) => status), alone.lines]).toEqual([['cancelled'], []])
  const active = oru('0210', 'ORC|SC|P1|F1', obr('PSA^PSA', 'F')).replace('ORU^R01', type)
  expect(valuesOf(recordAfter([first, active]))).toEqual([['PSA', '48', 'final']])
})

test('notes and conclusion from before a cancellation are not shown with it', () => {
  const imaging = oru(
    '0110',
    obr('CT^CT', 'F'),
    'NTE|1||Malignancy likely',
    'OBX|1|TX|CT&IMP^CT||Carcinoma of the lung.||||||F',
  )
  const { reports } = recordAfter([imaging, oru('0210', obr('CT^CT', 'X'))])
  expect([reports[0]?.notes, reports[0]?.conclusion]).toEqual([[], undefined])
  expect(reports[0]?.observations[0]?.earlier).toMatchObject([{ value: 'Carcinoma of the lung.' }])
})

const ue = (...codes: string[]) =>
  Object.fromEntries(codes.map((code) => [code, ['final', '1'] as [string, string]]))

test.each(['cancelled', 'entered-in-error'])('a DiagnosticReport %s leaves no result', (status) => {
  const said = reportBundle('01', 'final', ue('K', 'NA'), { conclusion: 'Hyperkalaemia' })
  for (const listed of [ue('K', 'NA'), ue('K'), {}]) {
    const { reports, lines } = recordAfter([
      said,
      reportBundle('02', status, listed, { conclusion: 'Hyperkalaemia' }),
    ])
    expect(valuesOf({ reports })).toEqual([
      ['K', null, status],
      ['NA', null, status],
    ])
    expect(reports[0]).not.toHaveProperty('conclusion')
    expect(lines[0]).toMatchObject({ abnormal: [], retracted: 2 })
  }
})

test('a DiagnosticReport that is cancelled alone, without its Observations, is taken', () => {
  const { entry: entries, timestamp } = reportBundle('02', 'cancelled', ue('K'))
  const alone = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: entries.slice(0, 2),
    timestamp,
  }
  const record = recordAfter([reportBundle('01', 'final', ue('K')), alone])
  expect(valuesOf(record)).toEqual([['K', null, 'cancelled']])
})

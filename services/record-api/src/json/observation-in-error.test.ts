import { observation, subject, system } from '@tideway/fhir-ingest/sender.fixture'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { PatientRecord } from './record.ts'
import { eventsOf, pick, recordIn, stored } from './withdrawn-record.fixture.ts'
import { coded, flagged, pressure, secret, status } from './withdrawn-words.fixture.ts'

const pair = [flagged, pressure].flatMap((said) =>
  [{ id: 'o1' }, { id: 'o2', identifier: [{ system: system('X99', 'report'), value: 'K1' }] }].map(
    (named) => ({ ...observation('K', {}), ...said, ...named }),
  ),
)
const times = pair.flatMap((said, index) =>
  [false, true].flatMap((bare) =>
    [false, true].map(
      (late) =>
        [
          index % 2 === 0 ? 'id' : 'number',
          'component' in said ? 'in parts' : 'whole',
          bare ? 'with required elements only' : 'with all its elements',
          late ? 'before' : 'after',
          { said, bare, late },
        ] as const,
    ),
  ),
)

test.each(times)(
  'a standalone withdrawal of an Observation with a %s, %s, %s, received %s its report: its value is not shown',
  (_name, _parts, _how, _order, { said, bare, late }) => {
    const report = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      identifier: [{ system: system('X99', 'report'), value: 'N1' }],
      code: coded('Urea'),
      subject,
      result: [{ reference: 'urn:uuid:o' }],
    }
    const reported = eventsOf([{ resource: report }, { fullUrl: 'urn:uuid:o', resource: said }], 0)
    expect(JSON.stringify(recordIn(stored(reported)))).toContain(secret)

    const back = eventsOf(
      [
        {
          resource: {
            ...(bare ? pick(said, ['resourceType', 'id', 'identifier', 'code', 'subject']) : said),
            ...status,
          },
        },
      ],
      1,
    )
    const record = recordIn(late ? stored(back, reported) : stored(reported, back))
    expect([...Value.Errors(PatientRecord, record)]).toEqual([])
    expect(JSON.stringify(record)).not.toContain(secret)
    const held = record.reports.find(({ fillerNumber }) => fillerNumber === 'N1')
    expect(held?.observations.map((one) => one.status)).toEqual(
      [...new Set(held?.observations.map(({ key }) => key))].map(() => 'entered-in-error'),
    )
    expect(record.summary.reports.lines.filter(({ abnormal }) => abnormal.length > 0)).toEqual([])
  },
)

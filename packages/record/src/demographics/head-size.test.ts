import { unsaid } from '@tideway/schemas/events.generated'
import { serialize } from 'bson'
import { expect, test } from 'vitest'
import { evolveEntry } from '../entries/entry.ts'
import {
  at,
  coded,
  details,
  event,
  identifier,
  observation,
  patient,
  result,
  visit,
  ward,
} from '../entries/histories.fixture.ts'
import { withLines } from '../summary/head-lines.ts'
import { evolveHead, newHead } from './head.ts'

test('a head stays under 16 KB after the longest history', () => {
  const long = 'Paediatric Critical Care, Tower 2, East'
  const flagged = Array.from({ length: 40 }, (_, index) =>
    observation('F', '1234.5', {
      key: `K${index}`,
      code: coded(`K${index}`, long),
      flags: ['HH'],
      place: `OBX[${index}]`,
    }),
  )
  const address = {
    ...unsaid.Address(),
    lines: [long, long],
    city: 'London',
    postcode: 'SE5 9RS',
    country: 'GBR',
    use: 'H',
  }
  const practitioner = {
    ...unsaid.Practitioner(),
    identifier: 'G1234567',
    authority: 'GMC',
    family: long,
    given: ['A'],
    prefix: 'Dr',
  }
  let head = newHead(patient)
  for (let index = 0; index < 300; index += 1) {
    const told = [
      event(
        details({
          addresses: [address],
          gp: practitioner,
          gpPractice: coded('G1', long),
          religion: coded('R', long),
          identifiers: [identifier(`T${index % 8}`)],
        }),
        index * 3,
        { source: `S${index % 4}` },
      ),
      event(
        visit(
          'PatientAdmitted',
          at(index),
          { location: { ...ward(long), room: 'Bay 4', bed: '12' }, patientClass: 'OUTPATIENT' },
          `V${index}`,
        ),
        index * 3 + 1,
      ),
      event(
        result(flagged, {
          reportId: `F${index}^UE`,
          service: coded('UE', long),
          collectedAt: at(index),
        }),
        index * 3 + 2,
      ),
      event(
        {
          type: 'PatientsMerged',
          surviving: [],
          prior: [],
          priorKeys: [`RJZ|P${index}`],
          priorAccount: null,
          priorVisit: null,
          priorNames: [],
          survivingKey: null,
          mergedAt: at(index),
        },
        index * 3 + 1,
      ),
    ]
    for (const each of told.map((one) => ({
      ...one,
      messageId: one.messageId.padStart(32, '0'),
    }))) {
      head = evolveHead(head, each)
      const entry = evolveEntry(null, each)
      if (entry !== null) head = withLines(head, [entry]).head
    }
  }
  expect([
    head.encounters.length,
    head.latestReports.length,
    head.merges.length,
    head.identifiers.length,
  ]).toEqual([12, 12, 10, 8])
  expect(serialize(head).length).toBeLessThan(16 * 1024)
})

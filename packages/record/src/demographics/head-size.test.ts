import { type EventBody, unsaid } from '@tideway/schemas/events.generated'
import { compactHead } from '@tideway/schemas/documents/storage-format'
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

/** Lines at their greatest length, of every list, are the only thing beyond that. */
test('a head as stored stays under 16 KB after the longest history, with the longest lines under 32 KB', () => {
  const long = 'Paediatric Critical Care, Tower 2, East'
  const flagged = Array.from({ length: 40 }, (_, index) =>
    observation('F', '1234.5', {
      key: `K${index}`,
      code: coded(`K${index}`, long),
      flags: ['HH'],
      bodySite: coded(`S${index}`, `${index} ${long}`),
      method: coded('M', long),
      device: long,
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
  const words = coded('W', `${long} `.repeat(8))
  const statementsOf = (index: number): EventBody[] => [
    { ...unsaid.AllergyReported(), allergyId: `A${index}`, code: words, category: 'DRUG' },
    { ...unsaid.AllergyReported(), allergyId: `N${index}`, code: coded('NKDA', null) },
    { ...unsaid.ConditionReported(), conditionId: `C${index}`, category: 'problem', code: words },
    {
      ...unsaid.ConditionReported(),
      conditionId: `D${index}`,
      category: 'diagnosis',
      code: words,
      encounterId: `V${index}`,
    },
    {
      ...unsaid.MedicationPrescribed(),
      prescriptionId: `P${index}`,
      kind: 'prescription',
      control: 'NW',
      medication: words,
    },
    {
      ...unsaid.MedicationDispensed(),
      dispenseId: `E${index}`,
      prescriptionId: `Q${index}`,
      medication: words,
    },
    { ...unsaid.AlertReported(), alertId: `F${index}`, code: words, status: 'active' },
  ]
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
      ...statementsOf(index).map((body) => event(body, index * 3 + 2)),
    ]
    for (const each of told.map((one) => ({
      ...one,
      messageId: one.messageId.padStart(32, '0'),
      notShown: {
        count: 100,
        places: Array.from({ length: 20 }, (_, n) => `OBX[${index * 100 + n}]-${index}[2].12.3`),
      },
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
    head.notShownOfPatient?.length,
  ]).toEqual([12, 12, 10, 8, 2])
  const { allergies, noKnownAllergies, problems, visitDiagnoses, medicines, dispensed, alerts } =
    head
  expect(
    [allergies, noKnownAllergies, problems, visitDiagnoses, medicines, dispensed, alerts].map(
      ({ length }) => length,
    ),
  ).toEqual([8, 4, 8, 4, 8, 4, 8])
  const lines = {
    allergies,
    noKnownAllergies,
    problems,
    visitDiagnoses,
    medicines,
    dispensed,
    alerts,
  }
  expect(serialize(compactHead(head)).length - serialize(lines).length).toBeLessThan(16 * 1024)
  expect(serialize(compactHead(head)).length).toBeLessThan(32 * 1024)
})

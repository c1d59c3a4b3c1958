import { remembering } from '@tideway/fhir-ingest/references/client.fixture'
import { bundle, post, subject, system } from '@tideway/fhir-ingest/sender.fixture'
import { clinicalAlerts } from '@tideway/record/alerts/clinical-alerts'
import { resultsForReview } from '@tideway/record/alerts/results-for-review'
import { publicId } from '@tideway/schemas/public-id'
import { expect, test } from 'vitest'
import { factRows } from './withdrawn-facts.fixture.ts'
import { type Documents, recordIn, stored } from './withdrawn-record.fixture.ts'
import { resourceRows } from './withdrawn-resources.fixture.ts'
import type { WithdrawalRow } from './withdrawn-row.fixture.ts'
import { ofReport, secret } from './withdrawn-words.fixture.ts'

const [a, b] = ['X99|A', 'X99|B']
type Client = ReturnType<typeof remembering>

const of = (documents: Documents, patient: string): Documents => ({
  ...documents,
  entries: new Map([...documents.entries].filter(([, entry]) => entry.patient === patient)),
  heads: new Map([...documents.heads].filter(([key]) => key === patient)),
})

const about = (patient: string) => ({
  type: 'Patient',
  identifier: { system: system('X99'), value: patient.split('|')[1] },
})

/** The resource of a row about a patient, sent to its own address. */
const sending = ({ type, who, said }: WithdrawalRow, patient: string, client: Client) => {
  const named = JSON.parse(
    JSON.stringify({ said, ofReport }).replaceAll(
      JSON.stringify(subject),
      JSON.stringify(about(patient)),
    ),
  ) as { said: object; ofReport: { resourceType: string } }
  const resource = {
    ...named.said,
    ...(type === 'Appointment' ? {} : { [who ?? 'subject']: about(patient) }),
    resourceType: type,
    id: 'r1',
  }
  const request = { method: 'PUT', url: `${type}/r1` }
  const beside = 'result' in said ? [post(named.ofReport, 'urn:uuid:o')] : []
  const { faults, problem, events } = client.post(
    bundle('transaction', { resource, request }, ...beside),
  )
  expect([faults, problem]).toEqual([[], null])
  return events
}

const rows = [...factRows, ...resourceRows].map((row) => [row.type, row.kind, row] as const)

test.each(rows)(
  '%s (%s) sent again about another patient leaves the first, with an alarm; and back again',
  (_type, _kind, row) => {
    const client = remembering()
    const first = sending(row, a, client)
    const second = sending(row, b, client)
    expect(
      second.filter(({ patientKey }) => patientKey === a).flatMap((event) => clinicalAlerts(event)),
    ).toMatchObject([{ code: 'WRONG_PATIENT' }])
    expect(
      second.filter(({ patientKey }) => patientKey === a).flatMap(resultsForReview),
    ).toMatchObject([{ kind: 'WRONG_PATIENT' }])
    const moved = stored(first, second)
    const left = recordIn(of(moved, a))
    expect(JSON.stringify(left)).not.toContain(secret)
    if (row.kind !== 'encounter' && row.kind !== 'contact') {
      expect(left.withdrawn).toMatchObject([{ kind: row.kind, patient: publicId(a) }])
      expect(recordIn(of(moved, b)).withdrawn).toEqual([])
    }
    const statusOf = (documents: Documents, patient: string) =>
      [...of(documents, patient).entries.values()].map(({ data }) =>
        row.type === 'Observation' && data.kind === 'report'
          ? data.observations.map(({ status }) => status)
          : data.status,
      )
    const standing = statusOf(stored(first), a)
    expect(statusOf(moved, a)).not.toEqual(standing)
    expect(statusOf(moved, b)).toEqual(standing)

    const third = sending(row, a, client)
    for (const back of [stored(first, second, third), stored(third, second, first)]) {
      expect(statusOf(back, a)).toEqual(standing)
      expect(statusOf(back, b)).not.toEqual(standing)
      expect(JSON.stringify(recordIn(of(back, b)))).not.toContain(secret)
    }
    expect(recordIn(of(stored(first, second, third), a)).withdrawn).toEqual([])
  },
)

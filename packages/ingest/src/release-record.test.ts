import { expect, test } from 'vitest'
import { releaseRecord } from './release-record.ts'

const request = {
  patientKey: 'RJZ|1',
  about: 'm1',
  at: 1_000,
  traceparent: null,
  by: 'operator',
  droppedMessage: 'm1',
  reason: 'sent in error',
}

test('a release has the key of its patient, Tideway as its source, and ids that differ between requests', () => {
  const recordAt = (at: number) => {
    const record = releaseRecord({ ...request, at }, (_, event) =>
      Buffer.from(JSON.stringify(event)),
    )
    return {
      key: record.key,
      event: JSON.parse(record.value.toString()),
      id: record.headers['ce_id'],
    }
  }
  expect(recordAt(1_000)).toMatchObject({
    key: 'RJZ|1',
    id: 'm1.release-1000.0',
    event: {
      id: 'm1.release-1000.0',
      messageId: 'm1.release-1000',
      source: 'tideway',
      patientKey: 'RJZ|1',
      body: { type: 'HeldEventsReleased', by: 'operator', droppedMessage: 'm1' },
    },
  })
  expect(recordAt(2_000).id).not.toBe(recordAt(1_000).id)
})

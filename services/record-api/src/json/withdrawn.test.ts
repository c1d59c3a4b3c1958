import { evolveEntry } from '@tideway/record/entries/entry'
import type { Entry } from '@tideway/schemas/documents/entry'
import { type EventBody, unsaid } from '@tideway/schemas/events.generated'
import { publicId } from '@tideway/schemas/public-id'
import { expect, test } from 'vitest'
import { eventsOf, observation, result } from '../events.fixture.ts'
import { withdrawnOf } from './withdrawn.ts'

const told = (...bodies: EventBody[]): Entry => {
  const event = eventsOf(Date.UTC(2026, 6, 1))
  return bodies
    .map((body) => event('RJZ', 'RJZ|1', 'OBR[1]', body))
    .reduce<Entry | null>(evolveEntry, null) as Entry
}
const values = (...statuses: string[]) =>
  result({
    observations: statuses.map((status, index) =>
      observation(`T${index}`, '6.8', status, index + 1),
    ),
  })

test('an observation of the wrong patient is listed, a valid one is not', () => {
  const [one, ...others] = withdrawnOf([told(values('F', 'F'), values('F', 'W'))])
  expect(one).toEqual({
    ...{
      entry: publicId('RJZ|1|report|L1|UE'),
      kind: 'report',
      organisation: 'RJZ',
      patient: publicId('RJZ|1'),
    },
    ...{
      field: 'observations[1]',
      status: 'wrong-patient',
      receivedAt: '2026-07-01T00:02:00.000Z',
    },
  })
  expect(others).toEqual([])
})

test('a retracted document (T11) and a fact entered in error are listed', () => {
  const letter = {
    ...unsaid.DocumentReported(),
    documentId: 'D1',
    title: 'Letter',
    text: 'words',
    trigger: 'ORIGINAL',
    completion: 'AU',
  }
  const allergy = {
    ...unsaid.AllergyReported(),
    allergyId: 'A1',
    code: { ...unsaid.Coded(), text: 'penicillin' },
  }
  const taken = withdrawnOf([
    told(letter, { ...letter, trigger: 'CANCELLED' }),
    told(allergy, { ...allergy, verificationStatus: 'entered-in-error' }),
  ])
  expect(taken.map(({ kind, field, status }) => [kind, field, status])).toEqual([
    ['document', null, 'cancelled'],
    ['allergy', null, 'entered-in-error'],
  ])
})

test('valid entries are not listed', () => {
  expect(withdrawnOf([told(values('F', 'X', 'C'))])).toEqual([])
})

import { unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { event, observation, result, visit } from '../entries/histories.fixture.ts'
import { resultsForReview } from './results-for-review.ts'

test('results of the wrong patient and codes not valid in a result are for review', () => {
  const observed = [
    observation('W', null, { place: 'OBX[1]' }),
    observation('?', null, { place: 'OBX[2]' }),
    observation('F', '1', { place: 'OBX[3]' }),
  ]
  expect(resultsForReview(event(result(observed, { status: 'Y' }), 0))).toEqual([
    { kind: 'DATA_QUALITY', place: 'OBR[1]-25' },
    { kind: 'WRONG_PATIENT', place: 'OBX[1]-11' },
    { kind: 'DATA_QUALITY', place: 'OBX[2]-11' },
  ])
  expect(resultsForReview(event(visit('VisitUpdated', null), 0))).toEqual([])
})

test('a status in no table is counted, whatever it is the status of; one sent as unknown is not', () => {
  const order = { ...unsaid.RequestReported(), requestId: 'Q1', status: 'unknown' }
  expect(resultsForReview(event({ ...order, statusAsSent: 'ZZ' }, 0, { place: 'ORC[1]' }))).toEqual(
    [{ kind: 'DATA_QUALITY', place: 'ORC[1]' }],
  )
  expect(resultsForReview(event({ ...order, statusAsSent: 'unknown' }, 0))).toEqual([])
})

test('a correction that says so in words is for review; what denies it is not', () => {
  const observed = [
    observation('C', 'WRONG PATIENT', { place: 'OBX[1]' }),
    observation('C', 'Entered in error', { place: 'OBX[2]' }),
    observation('C', 'No evidence of wrong patient', { place: 'OBX[3]' }),
  ]
  expect(resultsForReview(event(result(observed), 0))).toEqual([
    { kind: 'WRONG_PATIENT', place: 'OBX[1]' },
  ])
})

import type { PatientHead } from '@tideway/schemas/documents/head'
import type { EventBody } from '@tideway/schemas/events.generated'
import { expect } from 'vitest'
import { event, patient } from '../entries/histories.fixture.ts'
import { evolveHead, newHead } from './head.ts'

/**
 * The head after these statements, each a minute after the one before it; the same in reverse
 * order.
 */
export const given = (...statements: [string, EventBody][]): PatientHead => {
  const events = statements.map(([source, body], index) => event(body, index, { source }))
  const head = events.reduce(evolveHead, newHead(patient))
  expect(events.toReversed().reduce(evolveHead, newHead(patient))).toEqual(head)
  return head
}

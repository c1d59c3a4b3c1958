import { expect } from 'vitest'
import type { ReportAnswer } from './report.ts'
import { recordAfter } from './said-later.fixture.ts'

/** The one observation of the record after these messages. */
export const observationAfter = (...messages: (string | object)[]) => {
  const observations = recordAfter(...messages).flatMap((entry) =>
    entry.kind === 'report' ? (entry as ReportAnswer).observations : [],
  )
  expect(observations).toHaveLength(1)
  return observations[0]
}

/** In every order and twice the same, see also `recordAfter`. */
export const inEveryOrder = (one: string | object, other: string | object) => {
  const found = observationAfter(one, other)
  expect(observationAfter(other, one)).toMatchObject({
    status: found?.status,
    value: found?.value,
    earlier: found?.earlier.map(({ value, withdrawn = null }) => ({ value, withdrawn })) ?? [],
  })
  expect(observationAfter(one, other, one, other)).toEqual(found)
  return found
}

import { expect } from 'vitest'
import type { callerOf, Headers } from './server.fixture.ts'

/** A rejected request: where and how it is sent, and the status and faults of the answer. */
export type RefusedCase = [
  what: string,
  url: string,
  body: object | string | Buffer,
  headers: Headers,
  status: number,
  faults: [code: string, at: string | null][],
]

/** Sends it, and expects an OperationOutcome with every fault and its place. */
export const expectRefusal = async (
  call: ReturnType<typeof callerOf>,
  [, url, body, headers, status, faults]: RefusedCase,
): Promise<void> => {
  const answer = await call('POST', url, body, headers)
  expect([answer.status, answer.faults]).toEqual([status, expect.arrayContaining(faults)])
  expect(answer.faults).toHaveLength(faults.length)
  expect(answer.headers['content-type']).toBe('application/fhir+json; charset=utf-8')
  expect(answer.json).toMatchObject({
    resourceType: 'OperationOutcome',
    issue: faults.map(() => ({
      severity: 'error',
      code: expect.stringMatching(/^[a-z-]+$/),
      diagnostics: expect.stringMatching(/^\S.*\.$/),
    })),
  })
}

import { noIdentityHolds } from '../identity/identity-holds.ts'
import { newHead } from '@tideway/record/demographics/head'
import { noResult } from './apply-result.ts'
import type { Projected } from './project.ts'

/** What a batch makes of a patient of whom it reads and changes no document. */
export const unchanged = (patient: string): Projected => {
  const head = newHead(patient)
  return {
    patient,
    head,
    headChanged: false,
    entries: [],
    first: new Set(),
    dissolved: [],
    removed: [],
    acts: [],
    followers: [],
    uncertain: [],
    projections: [],
    history: { pending: [], changed: [] },
    announced: [],
    identity: noIdentityHolds,
    before: new Map(),
    known: new Set(),
    redelivered: new Set(),
    hold: [],
    unhold: [],
    repeated: new Set(),
    result: noResult(head),
  }
}

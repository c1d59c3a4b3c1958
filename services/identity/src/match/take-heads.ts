import { isDeepStrictEqual } from 'node:util'
import { blockKeysOf } from '@tideway/identity/block-keys'
import { traitsOf } from '@tideway/identity/traits-of-head'
import { receivedOf } from '@tideway/record/entries/version'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { KnownPatient } from '../store/identities-store.ts'

/** When the first statement still in a head was received. */
const firstHeardIn = ({ details, freshness }: PatientHead, now: number): Date => {
  const received = [
    ...Object.values(details).flatMap((told) => told.map(({ version }) => receivedOf(version))),
    ...Object.values(freshness).map(({ version }) => receivedOf(version)),
  ].filter(Number.isFinite)
  return new Date(received.length === 0 ? now : Math.min(...received) / 1000)
}

const earlier = (a: Date, b: Date): Date => (a < b ? a : b)

/** A source patient of whom nothing is known yet. */
export const unheard = (patient: string, firstHeard: Date): KnownPatient => ({
  _id: patient,
  traits: null,
  firstHeard,
  blockKeys: [],
  edges: [],
  facts: [],
  mentions: [],
  version: 0,
})

/** What the projector holds of this patient for a steward. */
const questionsOf = ({ conflict, placeholderSuspected }: PatientHead) => ({
  ...(conflict === undefined
    ? {}
    : {
        conflict: {
          messages: [...conflict.messages],
          fields: [...new Set(Object.values(conflict.senders).flatMap(({ fields }) => fields))],
          since: conflict.since,
        },
      }),
  ...(placeholderSuspected === true ? { placeholderSuspected } : {}),
})

const isSame = (a: KnownPatient, b: KnownPatient): boolean =>
  isDeepStrictEqual(a.traits, b.traits) &&
  isDeepStrictEqual(a.conflict, b.conflict) &&
  a.placeholderSuspected === b.placeholderSuspected

/**
 * What is known of a patient, with what its head says now. The same object if that is nothing new.
 *
 * @param now  milliseconds since 1970 UTC
 */
export const withHead = (
  before: KnownPatient | undefined,
  head: PatientHead,
  now: number,
): KnownPatient => {
  const known = before ?? unheard(head._id, firstHeardIn(head, now))
  const traits = head.gone === true ? null : traitsOf(head, new Date(now).toISOString())
  const { conflict: _, placeholderSuspected: __, ...rest } = known
  const after = {
    ...rest,
    ...questionsOf(head),
    traits,
    blockKeys: traits === null || head.placeholder === true ? [] : blockKeysOf(traits),
    firstHeard: earlier(known.firstHeard, firstHeardIn(head, now)),
  }
  return before !== undefined && isSame(before, after) ? before : after
}

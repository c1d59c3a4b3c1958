import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { PatientRecord } from '@tideway/record-api/json/record'
import { type Api, ApiFailure, openApi } from '../../operate/client/api.ts'
import type { Addresses } from '../../stack/addresses.ts'
import { readLogged, type Taken } from '../load/plan.ts'
import { missingFrom, type Shown } from './claims.ts'

type Claim = Pick<PatientRecord, 'completeness' | 'complete'>
type Found = Claim & { patients: { id: string }[] }

/** What the answers read beside the load claimed. */
export type Watched = {
  /** By state; `failed`: no answer. */
  answers: Record<'complete' | 'incomplete' | 'unknown' | 'failed', number>
  /** Answers that said `complete` without a message they claimed, with its control id. */
  wrong: string[]
}

const ods = 'RJZ'
/** Less than a page, as results of the same second may stand in any order. */
const resultsLookedFor = 90
const pauseMs = 50
/** Tokens are valid for longer. */
const newTokenMs = 30_000

/** Reads what a load adds to its log, by patient. */
const followTaken = (log: string, bundles: readonly Taken[]) => {
  const byPatient = new Map<string, Taken[]>()
  const known = { characters: 0, bundles: 0 }
  const note = (taken: Taken) =>
    byPatient.set(taken.mrn, [...(byPatient.get(taken.mrn) ?? []), taken])
  return (): ReadonlyMap<string, readonly Taken[]> => {
    const text = existsSync(log) ? readFileSync(log, 'latin1') : ''
    const end = text.lastIndexOf('\n') + 1
    for (const line of text.slice(known.characters, end).split('\n'))
      if (line !== '') note(readLogged(line))
    for (const bundle of bundles.slice(known.bundles)) note(bundle)
    Object.assign(known, { characters: end, bundles: bundles.length })
    return byPatient
  }
}

const shownIn = ({ completeness, complete }: Claim, askedAt: number): Shown => ({
  complete,
  shownUpTo: completeness.shownUpTo === undefined ? null : Date.parse(completeness.shownUpTo),
  askedAt,
  newest: null,
  results: null,
})

const newestIn = ({ sources }: PatientRecord): number =>
  Math.max(...sources.map(({ lastMessageAt }) => Date.parse(lastMessageAt ?? '') || 0))

const resultsIn = ({ reports }: PatientRecord): Shown['results'] => ({
  messages: new Set(reports.flatMap(({ origins }) => origins.map(({ message }) => message))),
  most: resultsLookedFor,
})

/**
 * Reads records of patients of the load, as an application does, until it is ended, and compares
 * each answer that says `complete` with what was acknowledged before.
 *
 * @param log      file of the load, with a line for each acknowledged message
 * @param bundles  acknowledged Bundles, which grow
 */
export const watchCompleteness = (
  addresses: Addresses,
  env: NodeJS.ProcessEnv,
  log: string,
  bundles: readonly Taken[],
) => {
  const watched: Watched = {
    answers: { complete: 0, incomplete: 0, unknown: 0, failed: 0 },
    wrong: [],
  }
  const taken = followTaken(log, bundles)
  let isOver = false
  let api: { at: number; api: Api } | null = null

  const reader = async (): Promise<Api> => {
    if (api === null || Date.now() - api.at > newTokenMs)
      api = {
        at: Date.now(),
        api: await openApi(addresses, { role: 'clinician', organisation: ods }, env),
      }
    return api.api
  }

  const judge = (what: string, own: readonly Taken[], claim: Claim, shown: Shown): void => {
    watched.answers[claim.completeness.state] += 1
    const missing = missingFrom(own, shown)
    if (missing.length > 0)
      watched.wrong.push(
        `${new Date(shown.askedAt).toISOString()} ${what} without ${missing[0]?.controlId} and ${missing.length - 1} more, shown up to ${claim.completeness.shownUpTo ?? 'unknown'}`,
      )
  }

  const readOne = async (mrn: string, own: readonly Taken[]): Promise<void> => {
    const client = await reader()
    const searchedAt = Date.now()
    const found = await client.post<Found>('/api/patients/search', {
      organisation: ods,
      identifier: mrn,
    })
    const [patient] = found.patients
    // A search shows who there is.
    const newest = patient === undefined ? null : Number.POSITIVE_INFINITY
    judge('search', own, found, { ...shownIn(found, searchedAt), newest })
    if (patient === undefined) return
    const askedAt = Date.now()
    const record = await client.get<PatientRecord>(`/api/patients/${patient.id}/record`)
    judge('record', own, record, {
      ...shownIn(record, askedAt),
      ...{ newest: newestIn(record), results: resultsIn(record) },
    })
  }

  const run = async (): Promise<void> => {
    while (!isOver) {
      const patients = [...taken()]
      const [mrn, own] = patients[Math.floor(Math.random() * patients.length)] ?? []
      if (mrn !== undefined && own !== undefined)
        await readOne(mrn, [...own]).catch((error: unknown) => {
          watched.answers.failed += 1
          if (error instanceof ApiFailure && error.status === 401) api = null
        })
      await pause(pauseMs)
    }
  }
  const running = run()

  return {
    end: async (): Promise<Watched> => {
      isOver = true
      await running
      return watched
    },
  }
}

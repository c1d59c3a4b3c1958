import {
  type EpochEvidence,
  type EpochVerdict,
  judgeEpoch,
  verdictText,
} from '@tideway/schemas/documents/epoch'

type Look<K extends keyof EpochEvidence> = () => Promise<NonNullable<EpochEvidence[K]>>

/** How each of the three is looked at; those a service does not use are absent. */
export type EpochLooks = {
  log: Look<'log'>
  database: Look<'database'>
  bucket?: Look<'bucket'>
  reached?: Look<'reached'>
  handled?: Look<'handled'>
}

/** Log, database and object store do not belong together; the message names the command. */
export class EpochError extends Error {
  override readonly name = 'EpochError'
}

const orNull = <T>(look: () => Promise<T>): Promise<T | null> => look().catch(() => null)

/** Looks at all of them now. One that does not answer makes the verdict `unknown`. */
export const lookAtEpoch = async ({
  log,
  database,
  bucket,
  reached,
  handled,
}: EpochLooks): Promise<EpochVerdict> => {
  const [ofLog, ofDatabase, ofBucket, allReached, allHandled] = await Promise.all([
    orNull(log),
    orNull(database),
    bucket === undefined ? undefined : orNull(bucket),
    reached === undefined ? [] : orNull(reached),
    handled === undefined ? [] : orNull(handled),
  ])
  return judgeEpoch({
    log: allReached === null || allHandled === null ? null : ofLog,
    database: ofDatabase,
    ...(ofBucket === undefined ? {} : { bucket: ofBucket }),
    reached: allReached ?? [],
    handled: allHandled ?? [],
  })
}

/**
 * Looks again and again, for a writer: it must not go on once the three do not belong together.
 * Where one does not answer for a while, it goes on; its writes wait for that one anyway.
 *
 * @returns ends looking
 */
export const watchEpoch = (
  looks: EpochLooks,
  everyMs: number,
  onForeign: (cause: EpochError) => void,
): (() => void) => {
  const timer = setInterval(() => {
    void lookAtEpoch(looks).then((verdict) => {
      if (verdict.state === 'no') onForeign(new EpochError(verdictText(verdict)))
    })
  }, everyMs)
  return () => clearInterval(timer)
}

/** Whether the store belongs to the log, for readers, and why not. */
export type Belonging = { state: 'yes' | 'no' | 'unknown'; reason: string | null }

/**
 * For readers: whether the store belongs to the log, looked up at most every `freshForMs`. An
 * installation without an epoch is not known to belong to its log.
 */
export const storeBelongsToLog = (
  looks: EpochLooks,
  freshForMs: number,
): (() => Promise<Belonging>) => {
  let known: { at: number; belonging: Promise<Belonging> } | null = null
  const look = async (): Promise<Belonging> => {
    const verdict = await lookAtEpoch(looks)
    if (verdict.state === 'yes') return { state: 'yes', reason: null }
    if (verdict.state === 'new') return { state: 'unknown', reason: 'NO_EPOCH' }
    return { state: verdict.state, reason: verdict.reason }
  }
  return () => {
    const now = performance.now()
    if (known === null || now - known.at > freshForMs) known = { at: now, belonging: look() }
    return known.belonging
  }
}

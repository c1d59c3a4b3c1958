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

/** A verdict older than so many looks is not relied on. */
const staleAfterLooks = 4

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

/**
 * For readers: whether the store belongs to the log, as last looked at in the background. It is not
 * known before the first look, if looks fail for a while, and in a store without an epoch.
 */
export const followBelonging = (looks: EpochLooks, everyMs: number) => {
  let last: { state: 'yes' | 'no' | 'unknown'; at: number } = { state: 'unknown', at: 0 }
  let looking = false
  const look = async (): Promise<void> => {
    if (looking) return
    looking = true
    const at = performance.now()
    const { state } = await lookAtEpoch(looks)
    last = { state: state === 'new' ? 'unknown' : state, at }
    looking = false
  }
  void look()
  const timer = setInterval(() => void look(), everyMs)
  return {
    now: () => (performance.now() - last.at > staleAfterLooks * everyMs ? 'unknown' : last.state),
    close: () => clearInterval(timer),
  }
}

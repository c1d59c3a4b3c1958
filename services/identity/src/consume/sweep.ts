import type { Log } from '@tideway/runtime/log'
import type { HeadReader } from '../store/heads-store.ts'
import type { Considerer } from './consider.ts'

const pagePatients = 500
const sayEvery = 50_000

/**
 * Considers every patient of the record: once for a database that was never considered, and again
 * for each new generation of the record.
 *
 * @param stopped  true once the service closes; the sweep then begins again at the next start
 * @returns false if it was stopped
 */
export const sweepHeads = async (
  consider: Pick<Considerer, 'patients'>,
  { keysAfter }: Pick<HeadReader, 'keysAfter'>,
  stopped: () => boolean,
  log: Pick<Log, 'info'>,
): Promise<boolean> => {
  let after: string | null = null
  let count = 0
  while (!stopped()) {
    const keys: string[] = await keysAfter(after, pagePatients)
    const last = keys.at(-1)
    if (last === undefined) {
      log.info({ patients: count }, 'every patient considered')
      return true
    }
    await consider.patients(keys)
    after = last
    count += keys.length
    if (count % sayEvery < pagePatients) log.info({ patients: count }, 'considering all patients')
  }
  return false
}

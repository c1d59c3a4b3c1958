import { lookAtEpoch } from '@tideway/mongo/watch-epoch'
import { requireStopped } from '@tideway/archiver/restore/restore-bucket'
import type { Restoring } from './open-restore.ts'

/** Notes an installation of an earlier release as one, if nothing speaks against it or anyway. */
export const adopt = async (to: Restoring, anyway: boolean): Promise<boolean> => {
  const verdict = await lookAtEpoch(to.epoch.looks)
  if (verdict.state === 'yes') {
    console.log('nothing to do: log, database and object store belong together')
    return true
  }
  await requireStopped(to)
  const doubts = await to.epoch.doubts()
  for (const doubt of doubts) console.log(doubt)
  if (doubts.length > 0 && !anyway) {
    console.error('Not adopted. Restore what is missing, or give --anyway to go on without it')
    return false
  }
  await to.epoch.adopt()
  console.log('log, database and object store are noted as one installation')
  return true
}

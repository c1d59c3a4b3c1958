import { setTimeout as wait } from 'node:timers/promises'
import { removeAddresses } from '../addresses-file.ts'
import { endLeftovers, supervisorName } from './clean-up.ts'
import { endContainers } from '../containers.ts'
import type { Home } from '../home.ts'
import { pidFiles } from './pid-files.ts'
import type { Say } from './say.ts'

const patienceMs = 90_000

/** Asks the supervisor in the foreground to stop everything, and waits. */
const askSupervisor = async (home: Home, say: Say): Promise<boolean> => {
  const pids = pidFiles(home.pids)
  const pid = pids.running(supervisorName)
  if (pid === null) return false
  say(`stopping Tideway (process ${pid})`)
  process.kill(pid, 'SIGTERM')
  for (let waited = 0; waited < patienceMs && pids.running(supervisorName) === pid; waited += 100)
    await wait(100)
  if (pids.running(supervisorName) === pid) {
    say(`process ${pid} did not end in ${patienceMs / 1000} s and is killed`)
    process.kill(pid, 'SIGKILL')
  }
  return true
}

/**
 * Ends everything that was started with this home, by any process, and nothing else.
 *
 * @returns false if nothing was running
 */
export const endHome = async (home: Home, say: Say): Promise<boolean> => {
  const asked = await askSupervisor(home, say)
  const leftovers = await endLeftovers(home)
  if (leftovers.length > 0) say(`ended what was left: ${leftovers.join(', ')}`)
  const containers = await endContainers(home, { volumes: false })
  if (containers) say('ended the containers')
  pidFiles(home.pids).remove(supervisorName)
  removeAddresses(home)
  return asked || leftovers.length > 0 || containers
}

import { setTimeout as pause } from 'node:timers/promises'
import type { Usage } from './usage.ts'

const lookMs = 2_000
const restfulLooks = 3
const restfulShare = 0.05

/**
 * Waits until a process is idle: after a bulk load a store goes on writing for a while, which must
 * not count as the cost of later messages.
 *
 * @param atMostMs  gives up waiting after this long
 */
export const settle = async (usage: () => Usage, name: string, atMostMs: number): Promise<void> => {
  const cpu = () => usage()[name]?.cpuSeconds ?? 0
  const until = performance.now() + atMostMs
  for (let restful = 0; restful < restfulLooks && performance.now() < until; ) {
    const before = cpu()
    await pause(lookMs)
    restful = cpu() - before < (restfulShare * lookMs) / 1000 ? restful + 1 : 0
  }
}

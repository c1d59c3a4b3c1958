import { setTimeout as wait } from 'node:timers/promises'
import type { Home } from '../home.ts'
import {
  endProgram,
  isOver,
  launch,
  type LaunchedProgram,
  logFileOf,
  type Program,
  startFailure,
} from './launch.ts'
import { pidFiles } from './pid-files.ts'
import { nextPause } from './restart-pause.ts'
import type { Say } from './say.ts'

const pollMs = 150

/** Attempts to start a program; one that has been ready is restarted without limit. */
const attempts = 3
const firstPauseMs = 1_000
/** Exit code of a service whose settings are wrong: restarting would not help. */
const badSettings = 2

/** Whether a failed start is worth another attempt. */
const mayRetry = (launched: LaunchedProgram, attempt: number): boolean =>
  isOver(launched) && launched.child.exitCode !== badSettings && attempt < attempts

/**
 * Starts programs, restarts those that end, and ends them. Every process has a pid file and a log
 * file below the home.
 */
export const openSupervisor = (home: Home, say: Say) => {
  const pids = pidFiles(home.pids)
  const running = new Map<string, LaunchedProgram>()
  let ending = false

  const begin = (program: Program, pauseMs: number): LaunchedProgram => {
    const launched = launch(home, program, pauseMs)
    running.set(program.name, launched)
    return launched
  }

  const whenReady = async (launched: LaunchedProgram): Promise<boolean> => {
    const { program, startedAt } = launched
    while (!ending && !isOver(launched) && performance.now() - startedAt < program.readyWithinMs) {
      if (await program.ready().catch(() => false)) return !isOver(launched)
      await wait(pollMs)
    }
    return false
  }

  const keepRunning = async (first: LaunchedProgram): Promise<void> => {
    let current = first
    for (;;) {
      await current.ended
      const { program, child, startedAt } = current
      if (ending || running.get(program.name) !== current) return
      const pauseMs = nextPause(current.pauseMs, performance.now() - startedAt)
      const how = child.signalCode ?? `code ${child.exitCode}`
      say(
        `${program.name} ended (${how}), restarting in ${pauseMs / 1000} s; see ${logFileOf(home, program.name)}`,
      )
      await wait(pauseMs)
      while (!ending && pids.isHeld(program.name)) await wait(pollMs)
      if (ending) return
      current = begin(program, pauseMs)
      void whenReady(current).then((ready) => ready && say(`${program.name} is back`))
    }
  }

  const end = async (name: string): Promise<void> => {
    const launched = running.get(name)
    running.delete(name)
    if (launched === undefined) return
    if (!(await endProgram(launched)))
      say(`${name} did not end in ${launched.program.graceMs / 1000} s and was killed`)
    pids.remove(name)
  }

  return {
    /**
     * Starts a program. One that ends before it is ready is tried again, unless its settings are
     * wrong.
     *
     * @throws Error with the last lines of its log, if it does not become ready
     */
    async start(program: Program): Promise<void> {
      pids.release(program.name)
      for (let attempt = 1; ; attempt++) {
        if (ending) throw new Error('stopping')
        const launched = begin(program, 0)
        if (await whenReady(launched)) return void keepRunning(launched)
        if (ending || !mayRetry(launched, attempt)) throw new Error(startFailure(home, launched))
        say(`${program.name} ended before it was ready, trying again`)
        await wait(firstPauseMs * attempt)
      }
    },

    /**
     * Ends all programs, group by group in the order given, the rest last. Nothing is restarted.
     */
    async endAll(order: readonly (readonly string[])[]): Promise<void> {
      ending = true
      for (const names of order) await Promise.all(names.map(end))
      await Promise.all([...running.keys()].map(end))
    },
  }
}

export type Supervisor = ReturnType<typeof openSupervisor>

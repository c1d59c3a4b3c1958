import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { checkout, type Home, makeHome } from '../home.ts'
import { pidFiles } from './pid-files.ts'
import { yieldProcessor } from './priority.ts'
import { nextPause } from './restart-pause.ts'
import type { Say } from './say.ts'

/** A program to supervise: how it is run, and how to tell that it is ready. */
export type Program = {
  name: string
  command: string
  args: readonly string[]
  env: NodeJS.ProcessEnv
  ready: () => Promise<boolean>
  readyWithinMs: number
  /** Time between SIGTERM and SIGKILL. */
  graceMs: number
  /** 0 (normal) to 19 (lowest priority). */
  niceness?: number
}

type Running = {
  program: Program
  child: ChildProcess
  ended: Promise<void>
  startedAt: number
  pauseMs: number
}

const logLimitBytes = 20_000_000
const pollMs = 150

/** Attempts to start a program; one that has been ready is restarted without limit. */
const attempts = 3
const firstPauseMs = 1_000
/** Exit code of a service whose settings are wrong: restarting would not help. */
const badSettings = 2

const rotate = (file: string): void => {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes)
    renameSync(file, `${file}.1`)
}

const lastLines = (file: string): string =>
  readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n')

/**
 * Signals the process group. Each program leads its own group, so that Ctrl-C reaches only the
 * supervisor, which ends the programs in order.
 */
export const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal)
  } catch {
    // The process has already ended.
  }
}

/**
 * Starts programs, restarts those that end, and ends them. Every process has a pid file and a log
 * file below the home.
 */
export const openSupervisor = (home: Home, say: Say) => {
  const pids = pidFiles(home.pids)
  const running = new Map<string, Running>()
  let ending = false

  const launch = (program: Program, pauseMs: number): Running => {
    makeHome(home) // It may have been deleted meanwhile.
    const logFile = join(home.logs, `${program.name}.log`)
    rotate(logFile)
    const log = openSync(logFile, 'a')
    const child = spawn(program.command, program.args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: program.env,
      cwd: checkout,
    })
    closeSync(log)
    if (child.pid !== undefined) {
      pids.write(program.name, child.pid)
      if (program.niceness !== undefined) yieldProcessor(child.pid, program.niceness)
    }
    const ended = new Promise<void>((resolve) =>
      child.once('exit', () => resolve()).once('error', () => resolve()),
    )
    const launched = { program, child, ended, startedAt: performance.now(), pauseMs }
    running.set(program.name, launched)
    return launched
  }

  const keepRunning = async (first: Running): Promise<void> => {
    let current = first
    for (;;) {
      await current.ended
      if (ending || running.get(current.program.name) !== current) return
      const pauseMs = nextPause(current.pauseMs, performance.now() - current.startedAt)
      const how = current.child.signalCode ?? `code ${current.child.exitCode}`
      say(
        `${current.program.name} ended (${how}), starting again in ${pauseMs / 1000} s; see ${join(home.logs, `${current.program.name}.log`)}`,
      )
      await wait(pauseMs)
      if (ending) return
      current = launch(current.program, pauseMs)
      void whenReady(current).then((ready) => ready && say(`${current.program.name} is back`))
    }
  }

  const isOver = ({ child }: Running) =>
    child.exitCode !== null || child.signalCode !== null || child.pid === undefined

  const whenReady = async (started: Running): Promise<boolean> => {
    const { program, startedAt } = started
    while (!ending && !isOver(started) && performance.now() - startedAt < program.readyWithinMs) {
      if (await program.ready().catch(() => false)) return !isOver(started)
      await wait(pollMs)
    }
    return false
  }

  const failure = (started: Running): string => {
    const { name, readyWithinMs } = started.program
    const logFile = join(home.logs, `${name}.log`)
    const why = isOver(started)
      ? `${name} ended before it was ready`
      : `${name} was not ready in ${readyWithinMs / 1000} s`
    return `${why}; the end of ${logFile}:\n${lastLines(logFile)}`
  }

  const end = async (name: string): Promise<void> => {
    const target = running.get(name)
    running.delete(name)
    if (target === undefined) return
    const { child, ended, program } = target
    if (child.pid !== undefined) {
      const { pid } = child
      signalGroup(pid, 'SIGTERM')
      const inTime = await Promise.race([ended.then(() => true), wait(program.graceMs, false)])
      if (!inTime) say(`${name} did not end in ${program.graceMs / 1000} s and was killed`)
      signalGroup(pid, 'SIGKILL')
      await ended
    }
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
      for (let attempt = 1; ; attempt++) {
        if (ending) throw new Error('stopping')
        const started = launch(program, 0)
        if (await whenReady(started)) return void keepRunning(started)
        if (
          ending ||
          !isOver(started) ||
          started.child.exitCode === badSettings ||
          attempt === attempts
        )
          throw new Error(failure(started))
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

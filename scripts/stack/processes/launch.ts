import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { checkout, type Home, makeHome } from '../home.ts'
import { pidFiles } from './pid-files.ts'
import { yieldProcessor } from './priority.ts'

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

/** A program that was launched; `ended` resolves when its process ends. */
export type LaunchedProgram = {
  program: Program
  child: ChildProcess
  ended: Promise<void>
  /** `performance.now()` at the launch. */
  startedAt: number
  /** Milliseconds waited before this launch. */
  pauseMs: number
}

const logLimitBytes = 20_000_000

export const logFileOf = (home: Home, name: string): string => join(home.logs, `${name}.log`)

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

/** Starts the process of a program, with a pid file and a log file below the home. */
export const launch = (home: Home, program: Program, pauseMs: number): LaunchedProgram => {
  makeHome(home) // It may have been deleted meanwhile.
  const logFile = logFileOf(home, program.name)
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
    pidFiles(home.pids).write(program.name, child.pid)
    if (program.niceness !== undefined) yieldProcessor(child.pid, program.niceness)
  }
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => resolve()).once('error', () => resolve()),
  )
  return { program, child, ended, startedAt: performance.now(), pauseMs }
}

/** Whether the process has ended, or could not be started. */
export const isOver = ({ child }: LaunchedProgram): boolean =>
  child.exitCode !== null || child.signalCode !== null || child.pid === undefined

/** Why a program did not become ready, with the last lines of its log. */
export const startFailure = (home: Home, launched: LaunchedProgram): string => {
  const { name, readyWithinMs } = launched.program
  const logFile = logFileOf(home, name)
  const why = isOver(launched)
    ? `${name} ended before it was ready`
    : `${name} was not ready in ${readyWithinMs / 1000} s`
  return `${why}; the end of ${logFile}:\n${lastLines(logFile)}`
}

/** Ends the process group with SIGTERM, after the grace with SIGKILL. @returns ended in time */
export const endProgram = async ({ child, ended, program }: LaunchedProgram): Promise<boolean> => {
  if (child.pid === undefined) return true
  const grace = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => grace.resolve(false), program.graceMs)
  signalGroup(child.pid, 'SIGTERM')
  const inTime = await Promise.race([ended.then(() => true), grace.promise])
  clearTimeout(timer)
  signalGroup(child.pid, 'SIGKILL')
  await ended
  return inTime
}

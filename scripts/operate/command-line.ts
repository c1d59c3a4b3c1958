import { parseArgs, type ParseArgsConfig } from 'node:util'
import { ConfigError } from '@tideway/runtime/config'
import { AddressError } from '../stack/addresses.ts'

/** The command line cannot be understood; the message is what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** @throws UsageError with what is wrong and how it should be */
export const readArguments = <O extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: O,
  usage: string,
) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('\n')[0]}\n${usage}`)
  }
}

/**
 * A time of the command line: ISO 8601, without an offset in the time zone of this machine.
 *
 * @returns milliseconds
 * @throws UsageError
 */
export const readTime = (name: string, text: string, usage: string): number => {
  const time = Date.parse(
    text.includes('T') || text.includes(' ') ? text.replace(' ', 'T') : `${text}T00:00:00`,
  )
  if (Number.isNaN(time))
    throw new UsageError(`--${name} is no time: write 2026-11-22 or 2026-11-22T09:30\n${usage}`)
  return time
}

/** Runs a command. 0: done; 1: not all of it; 2: not understood, or nothing is running. */
export const runCommand = async (command: () => Promise<boolean>): Promise<void> => {
  try {
    process.exitCode = (await command()) ? 0 : 1
  } catch (error) {
    if (
      !(
        error instanceof UsageError ||
        error instanceof AddressError ||
        error instanceof ConfigError
      )
    )
      throw error
    console.error(error.message)
    process.exitCode = 2
  }
}

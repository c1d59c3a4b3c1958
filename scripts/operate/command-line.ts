import { Command, CommanderError, InvalidArgumentError } from '@commander-js/extra-typings'
import { ConfigError } from '@tideway/runtime/config'
import { localInstantOf } from '@tideway/time/iso-time'
import { AddressError } from '../stack/addresses.ts'

/** The command cannot do what was typed; the message says what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type Description = {
  /** As typed, e.g. `npm run send --`. */
  name: string
  purpose: string
  examples: readonly string[]
}

/**
 * A command of package.json. `--help` prints purpose, arguments, options with their defaults and
 * examples, and does nothing else; an unknown option prints the same after the error.
 */
export const defineCommand = ({ name, purpose, examples }: Description) =>
  new Command(name)
    .description(purpose)
    .helpOption('--help', 'print this and do nothing else')
    .helpCommand(false)
    .addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}`)
    .showHelpAfterError()
    .allowExcessArguments(false)
    .exitOverride()

/** Exit code 0 if everything was done, 1 if not all of it. */
export const finish = (done: boolean): void => {
  process.exitCode = done ? 0 : 1
}

/**
 * Runs a command with what was typed. Exit code 2: the command line was refused, or an address or a
 * setting is missing. Other codes are those of the action, see `finish`.
 */
export const runCommand = async (command: {
  parseAsync(args: readonly string[], options: { from: 'user' }): Promise<unknown>
}): Promise<void> => {
  try {
    await command.parseAsync(process.argv.slice(2), { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2
      return
    }
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

/** An option's argument: a whole number between `least` and `most`. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text)
    if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
    return value
  }

/** An option's argument: a number greater than zero. */
export const positiveNumber = (text: string): number => {
  const value = Number(text)
  if (!(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('It must be a number greater than 0.')
  return value
}

/**
 * An option's argument: an ISO 8601 time; without an offset it is in the time zone of this machine.
 *
 * @returns milliseconds since 1970 UTC
 */
export const timeOf = (text: string): number => {
  const time = localInstantOf(text)
  if (time === null)
    throw new InvalidArgumentError('It is not a time: write 2026-11-22 or 2026-11-22T09:30.')
  return time
}

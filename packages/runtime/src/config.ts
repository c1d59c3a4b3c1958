import { readFileSync } from 'node:fs'

/** One setting: how it is parsed, and its row in the table of settings. */
export type Setting<T> = {
  readonly name: string
  readonly doc: string
  readonly shape: string
  readonly fallback: string | null
  readonly secret: boolean
  readonly parse: (text: string) => T
}
type SettingSpec = Record<string, Setting<unknown>>
type Values<S extends SettingSpec> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const setting = <T>(
  name: string,
  doc: string,
  shape: string,
  fallback: T | undefined,
  parse: (text: string) => T,
  secret = false,
): Setting<T> => ({
  name,
  doc,
  shape,
  fallback: fallback === undefined ? null : String(fallback),
  secret,
  parse,
})

const wrong = (name: string, shape: string): never => {
  throw new ConfigError(`${name} must be ${shape}`)
}

export const text = (name: string, doc: string, fallback?: string) =>
  setting(name, doc, 'text', fallback, (value) => value)

/** Never shown in a log or in the table of settings. */
export const secret = (name: string, doc: string, fallback?: string) =>
  setting(name, doc, `text, or in the file named by ${name}_FILE`, fallback, (value) => value, true)

export const integer = (name: string, doc: string, min: number, max: number, fallback?: number) => {
  const shape = `a whole number from ${min} to ${max}`
  return setting(name, doc, shape, fallback, (value) => {
    const number = Number(value)
    return /^-?\d+$/.test(value) && number >= min && number <= max ? number : wrong(name, shape)
  })
}

export const flag = (name: string, doc: string, fallback?: boolean) =>
  setting(name, doc, 'true or false', fallback, (value) =>
    value === 'true' ? true : value === 'false' ? false : wrong(name, 'true or false'),
  )

export const choice = <T extends string>(
  name: string,
  doc: string,
  options: readonly T[],
  fallback?: T,
) => {
  const shape = `one of ${options.join(', ')}`
  return setting<T>(
    name,
    doc,
    shape,
    fallback,
    (value) => options.find((option) => option === value) ?? wrong(name, shape),
  )
}

/** Comma-separated; at least one item. */
export const list = (name: string, doc: string, fallback?: string) =>
  setting<string[]>(
    name,
    doc,
    'a comma-separated list',
    fallback as string[] | undefined,
    (value) => {
      const items = value
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '')
      return items.length > 0 ? items : wrong(name, 'a comma-separated list')
    },
  )

export const url = (name: string, doc: string, fallback?: string) =>
  setting(name, doc, 'an address', fallback, (value) =>
    URL.canParse(value) ? value : wrong(name, 'an address such as http://127.0.0.1:8080'),
  )

/** The text of a file that the setting names, read at start. */
export const file = (name: string, doc: string) =>
  setting(name, doc, 'a file that can be read', undefined, (path) => textOfFile(name, path))

const textOfFile = (name: string, path: string): string => {
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new ConfigError(`${name} must be a file that can be read (${path}: ${code})`)
  }
  return content.trim() === '' ? wrong(name, `a file that is not empty (${path})`) : content
}

/** Absent is `null`. */
export const optional = <T>(of: Setting<T>): Setting<T | null> => ({
  ...of,
  shape: `${of.shape}, or not set`,
  fallback: '',
  parse: (value) => (value === '' ? null : of.parse(value)),
})

/** `off` is `null`. */
export const orOff = <T>(of: Setting<T>): Setting<T | null> => ({
  ...of,
  shape: `${of.shape}, or off`,
  parse: (value) => (value === 'off' ? null : of.parse(value)),
})

/** A secret, which may be in a file that the setting `<NAME>_FILE` names. */
const secretIn = (env: NodeJS.ProcessEnv, name: string): string | undefined => {
  const path = env[`${name}_FILE`]
  if (!path) return env[name]
  if (env[name]) throw new ConfigError(`${name} and ${name}_FILE are both set`)
  return textOfFile(`${name}_FILE`, path).trim()
}

/**
 * Reads every setting and reports every problem in one error.
 *
 * @throws ConfigError with a line for each setting that is missing or wrong
 */
export const readConfig = <S extends SettingSpec>(env: NodeJS.ProcessEnv, spec: S): Values<S> => {
  const problems: string[] = []
  const read = (of: Setting<unknown>): unknown => {
    try {
      const value = (of.secret ? secretIn(env, of.name) : env[of.name]) || of.fallback
      if (value === null) return void problems.push(`${of.name} is missing`)
      return of.parse(value)
    } catch (error) {
      problems.push((error as Error).message)
      return undefined
    }
  }
  const values = Object.fromEntries(Object.entries(spec).map(([key, of]) => [key, read(of)]))
  if (problems.length > 0)
    throw new ConfigError(
      `Bad configuration:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    )
  return values as Values<S>
}

/**
 * For the main file of a service: prints unusable settings, or unusable files that they name, on
 * standard error and exits with code 2. Other errors are rethrown.
 */
export const exitOnBadConfig = (error: unknown): never => {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(2)
}

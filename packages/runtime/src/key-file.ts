import { ConfigError, file, type Setting } from './config.ts'

const keyBytes = 32

/**
 * Keys in the text of a key file: one a line in base64, of 32 bytes or more, the current one first.
 *
 * @throws Error that says which line is wrong, not what it says
 */
const keysIn = (text: string): Buffer[] => {
  const lines = text.split('\n').map((line) => line.trim())
  const keys = lines.flatMap((line, index) => {
    if (line === '' || line.startsWith('#')) return []
    const key = Buffer.from(line, 'base64')
    if (!/^[A-Za-z0-9+/_-]+=*$/.test(line) || key.length < keyBytes)
      throw new Error(`line ${index + 1} is not a key of at least ${keyBytes} bytes in base64`)
    return [key]
  })
  if (keys.length === 0) throw new Error('there is no key')
  return keys
}

/** A setting that names a file of keys: one a line in base64, the current one first. */
export const keyFile = (name: string, doc: string): Setting<Buffer[]> => {
  const named = file(name, doc)
  return {
    ...named,
    parse: (path) => {
      const content = named.parse(path)
      try {
        return keysIn(content)
      } catch (error) {
        throw new ConfigError(`${name}: ${(error as Error).message}`)
      }
    },
  }
}

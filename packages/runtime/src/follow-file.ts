import { type Stats, statSync } from 'node:fs'

const everyMs = 500
/** Time before a change that could not be used is tried again, milliseconds. */
const retryMs = 5_000

const keyOf = (path: string): string | null => {
  try {
    const { ino, mtimeMs, size }: Stats = statSync(path)
    return `${ino} ${mtimeMs} ${size}`
  } catch {
    return null
  }
}

/**
 * Follows a file that is replaced whole, by a rename. It is looked at twice a second: notifications
 * of the file system do not reach every mount.
 *
 * @param onChange  called once if the file is there, since it may have been replaced after it was
 *   first read, and then each time it is replaced; never twice at once. After a rejection it is
 *   called again later
 */
export const followFile = (path: string, onChange: () => Promise<void> | void) => {
  let used: string | null = null
  let waitUntil = 0
  let isBusy = false

  const look = async (): Promise<void> => {
    const key = keyOf(path)
    if (key === null || key === used || isBusy || performance.now() < waitUntil) return
    isBusy = true
    try {
      await onChange()
      used = key
    } catch {
      waitUntil = performance.now() + retryMs
    } finally {
      isBusy = false
    }
  }

  const timer = setInterval(() => void look(), everyMs)
  return { close: (): void => clearInterval(timer) }
}

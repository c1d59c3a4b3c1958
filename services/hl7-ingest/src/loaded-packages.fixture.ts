import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Runs before the entry point, and prints the URL of every loaded module when the process ends. */
const recorder = `
import { registerHooks } from 'node:module'
import { writeSync } from 'node:fs'
const urls = []
registerHooks({ load(url, context, next) { urls.push(url); return next(url, context) } })
process.on('exit', () => writeSync(1, JSON.stringify(urls)))
`

/**
 * Names of the packages that a process loads, directly or transitively, when it runs a file without
 * configuration.
 *
 * @param path  from the root of the checkout
 */
export const packagesLoadedBy = async (path: string): Promise<Set<string>> => {
  const entry = new URL(`../../../${path}`, import.meta.url).pathname
  const hook = `data:text/javascript,${encodeURIComponent(recorder)}`
  const env = { PATH: process.env['PATH'] }
  const run = promisify(execFile)(process.execPath, ['--import', hook, entry], { env })
  const { stdout } = await run.catch((failed: { stdout: string }) => failed)
  const urls = JSON.parse(stdout.slice(stdout.lastIndexOf('["'))) as string[]
  return new Set(
    urls.flatMap((url) => {
      const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? []
      return name === undefined ? [] : [name]
    }),
  )
}

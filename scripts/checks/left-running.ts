import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkout } from './tool.ts'
import { pidFiles } from '../stack/processes/pid-files.ts'

/**
 * Ends what any stack of this checkout left running, and says so; exits 1 if there was something.
 * For the end of a CI run, after which nothing may be left: a test that stops less than it started
 * is a failed test.
 */
const home = join(checkout, '.tideway')
const written = existsSync(home)
  ? readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.pid'))
  : []
const folders = new Set(written.map((path) => join(home, dirname(path))))
for (const folder of folders) {
  const files = pidFiles(folder)
  for (const name of files.names()) {
    const pid = files.running(name)
    if (pid === null) continue
    console.log(`left running: ${name} (${pid}), from ${folder}`)
    process.kill(pid, 'SIGKILL')
    process.exitCode = 1
  }
}

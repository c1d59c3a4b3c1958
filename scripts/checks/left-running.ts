import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkout } from './tool.ts'
import { pidFiles } from '../stack/processes/pid-files.ts'

/**
 * Run at the end of CI: kills the processes that a stack of this checkout left running, names them,
 * and exits 1 if there were any. A test that does not stop what it started has failed.
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

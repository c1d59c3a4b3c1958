import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { endContainers } from './stack/containers.ts'
import { endHome } from './stack/processes/end-home.ts'
import { homeOf } from './stack/home.ts'
import { sayer } from './stack/processes/say.ts'

/** Throws the data away: messages, records, schemas, keys, logs. Downloads stay. */
const home = homeOf(process.env)
const say = sayer()
await endHome(home, say)
await endContainers(home, { volumes: true })
for (const gone of [
  home.data,
  home.logs,
  home.pids,
  join(home.root, 'ports.json'),
  join(home.root, 'demonstration.txt'),
])
  rmSync(gone, { recursive: true, force: true })
say(`the data of ${home.root} is thrown away; the next npm start begins afresh`)

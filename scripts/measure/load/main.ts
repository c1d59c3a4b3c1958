import { closeSync, openSync, writeSync } from 'node:fs'
import type { Plan } from './plan.ts'
import { runLoad } from './run.ts'

// A separate process, so that its processor time is not counted with what it measures: `node
// main.ts '<plan as JSON>'`.
const plan = JSON.parse(process.argv[2] ?? '') as Plan
const log = plan.log === null ? null : openSync(plan.log, 'a')
let stopped = false
process.on('SIGTERM', () => {
  stopped = true
})
const outcome = await runLoad(
  plan,
  (line) => {
    if (log !== null) writeSync(log, `${line}\n`)
  },
  () => stopped,
)
if (log !== null) closeSync(log)
console.log(JSON.stringify(outcome))

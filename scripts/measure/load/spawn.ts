import { type ChildProcess, spawn } from 'node:child_process'
import type { LoadOutcome, Plan } from './plan.ts'

/** Runs a plan in a separate process. */
export const spawnLoad = (plan: Plan): { child: ChildProcess; outcome: Promise<LoadOutcome> } => {
  const child = spawn(
    process.execPath,
    [new URL('./main.ts', import.meta.url).pathname, JSON.stringify(plan)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const outcome = new Promise<LoadOutcome>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      const last = Buffer.concat(chunks).toString().trim().split('\n').at(-1)
      if (code === 0 && last) resolve(JSON.parse(last) as LoadOutcome)
      else reject(new Error(`load ended with code ${code}`))
    })
  })
  return { child, outcome }
}

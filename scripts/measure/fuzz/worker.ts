import { type FuzzTask, fuzz } from './run.ts'
import type { FuzzTarget, Targets } from './target.ts'
import { writeUnderWay } from './under-way.ts'

/**
 * `targets` is the URL of the module with the targets; `file` is where the current message is
 * written.
 */
export type Task = FuzzTask & { targets: string; target: string; file: string }

const { targets: address, target, file, ...asked } = JSON.parse(process.argv[2] as string) as Task
const { targets } = (await import(address)) as { targets: Targets }
process.send?.(
  fuzz(await (targets[target] as () => Promise<FuzzTarget>)(), asked, writeUnderWay(file)),
)

import { type Asked, fuzz } from './run.ts'
import type { Target, Targets } from './target.ts'
import { writeUnderWay } from './under-way.ts'

/** `targets`: address of the module that has them. `file`: where what is under way is written. */
export type Task = Asked & { targets: string; target: string; file: string }

const { targets: address, target, file, ...asked } = JSON.parse(process.argv[2] as string) as Task
const { targets } = (await import(address)) as { targets: Targets }
process.send?.(fuzz(await (targets[target] as () => Promise<Target>)(), asked, writeUnderWay(file)))

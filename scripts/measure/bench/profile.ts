import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

type Profile = {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[]
  samples: number[]
  timeDeltas: number[]
}

const named = ({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string =>
  `${functionName || '(anonymous)'}${url === '' ? '' : ` ${url.replace(/^.*\/(services|schemas|node_modules)\//, '$1/')}:${lineNumber + 1}`}`

/** Functions by self time, as a share of the time the process was not idle, largest first. */
export const selfTimes = ({
  nodes,
  samples,
  timeDeltas,
}: Profile): { what: string; share: number }[] => {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, named(callFrame)]))
  const times = new Map<string, number>()
  for (const [index, id] of samples.entries()) {
    const what = names.get(id) ?? '(unknown)'
    if (what !== '(idle)') times.set(what, (times.get(what) ?? 0) + (timeDeltas[index] ?? 0))
  }
  const busy = [...times.values()].reduce((sum, time) => sum + time, 0)
  return [...times]
    .map(([what, time]) => ({ what, share: busy === 0 ? 0 : time / busy }))
    .sort((a, b) => b.share - a.share)
}

const shown = 25

/** @param files  as `--cpu-prof` writes them */
export const readProfiles = (
  files: readonly string[],
): Record<string, { what: string; share: number }[]> =>
  Object.fromEntries(
    files.map((file) => [
      basename(file, '.cpuprofile'),
      selfTimes(JSON.parse(readFileSync(file, 'utf8')) as Profile).slice(0, shown),
    ]),
  )

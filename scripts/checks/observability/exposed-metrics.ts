import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMetrics } from '@tideway/runtime/metrics'
import { sourceFiles } from '../source-files.ts'

/** Labels of each metric by its name in a query; null where any label may be there. */
export type Exposed = ReadonlyMap<string, ReadonlySet<string> | null>

const call = /\.(counter|gauge|latency|sizes)(?:<[^>]*>)?\(/g
const text = /'([^']*)'/g

/** The arguments of a call, from behind its opening parenthesis. */
const argumentsAt = (source: string, from: number): string => {
  let depth = 1
  let at = from
  for (; at < source.length && depth > 0; at++) {
    if (source[at] === '(') depth += 1
    else if (source[at] === ')') depth -= 1
  }
  return source.slice(from, at - 1)
}

const parts = ['bucket', 'sum', 'count']
const namesOf: Readonly<Record<string, (name: string) => string[]>> = {
  counter: (name) => [`${name}_total`],
  gauge: (name) => [name],
  latency: (name) => parts.map((part) => `${name}_seconds_${part}`),
  sizes: (name) => parts.map((part) => `${name}_${part}`),
}

/** Metrics that one source file makes, as `createMetrics` names them. */
export const metricsIn = (source: string): [string, Set<string>][] =>
  [...source.matchAll(call)].flatMap((found) => {
    const given = argumentsAt(source, found.index + found[0].length)
    const name = /^\s*'([a-z0-9_]+)'/.exec(given)?.[1]
    if (name === undefined) return []
    const list = /\[([^\]]*)\]/.exec(given)?.[1] ?? ''
    const labels = new Set([...list.matchAll(text)].map(([, label = '']) => label))
    return (namesOf[found[1] as string]?.(`tideway_${name}`) ?? []).map(
      (one): [string, Set<string>] => [one, labels],
    )
  })

/** Every metric that a service of the checkout exposes, and those of each Node process. */
export const exposedMetrics = async (root: string): Promise<Exposed> => {
  const exposed = new Map<string, Set<string> | null>([['up', null]])
  for (const { name } of await createMetrics().snapshot()) exposed.set(name, null)
  for (const path of sourceFiles(root).filter((one) => /^(services|packages)\//.test(one)))
    for (const [name, labels] of metricsIn(readFileSync(join(root, path), 'utf8')))
      exposed.set(name, new Set([...(exposed.get(name) ?? []), ...labels]))
  return exposed
}

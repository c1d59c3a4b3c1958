import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Setting } from '@tideway/runtime/config'
import { table } from './table.ts'

type Spec = Record<string, Setting<unknown>>

/** The settings that each service declares in its config.ts. */
export const declaredSettings = async (root: string): Promise<Map<string, Spec>> => {
  const services = join(root, 'services')
  const names = readdirSync(services).filter(
    (name) => existsSync(join(services, name, 'src/config.ts')) && name !== 'shared',
  )
  const specs = await Promise.all(
    names.map(
      async (name) =>
        (
          (await import(pathToFileURL(join(services, name, 'src/config.ts')).href)) as {
            settings: Spec
          }
        ).settings,
    ),
  )
  return new Map(names.map((name, index) => [name, specs[index] as Spec]))
}

const fallbackOf = ({ fallback, secret }: Setting<unknown>): string => {
  if (fallback === null) return 'none: must be set'
  if (fallback === '') return 'not set'
  return secret ? 'for development only' : `\`${fallback}\``
}

/** One row for each setting; services with the same definition share the row. */
export const settingsTable = (specs: ReadonlyMap<string, Spec>): string => {
  const uses = [...specs].flatMap(([service, spec]) =>
    Object.values(spec).map((setting) => ({ service, setting })),
  )
  const rows = Map.groupBy(uses, ({ setting: { name, doc, shape, fallback } }) =>
    JSON.stringify([name, doc, shape, fallback]),
  )
  const cells = [...rows.values()].map((sharing) => {
    const { setting } = sharing[0] as (typeof uses)[number]
    return [
      `\`${setting.name}\``,
      setting.doc,
      setting.shape,
      fallbackOf(setting),
      sharing.map(({ service }) => service).join(', '),
    ]
  })
  return table(
    ['Setting', 'What it is', 'Value', 'If not set', 'Services'],
    cells.sort(([a], [b]) => (a as string).localeCompare(b as string)),
  )
}

import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root folder of the checkout, ending with a slash. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url))

/** Folders of the local system, all below one folder that git ignores. */
export type Home = {
  root: string
  /** Kept by `npm run reset`; `TIDEWAY_DOWNLOADS` shares one between checkouts. */
  downloads: string
  data: string
  logs: string
  pids: string
}

/** Absolute paths; `TIDEWAY_HOME` replaces `.tideway` of the checkout. */
export const homeOf = (env: NodeJS.ProcessEnv): Home => {
  const root = resolve(env['TIDEWAY_HOME'] || join(checkout, '.tideway'))
  return {
    root,
    downloads: resolve(env['TIDEWAY_DOWNLOADS'] || join(root, 'downloads')),
    data: join(root, 'data'),
    logs: join(root, 'logs'),
    pids: join(root, 'pids'),
  }
}

export const makeHome = (home: Home): void => {
  for (const folder of Object.values(home)) mkdirSync(folder, { recursive: true })
}

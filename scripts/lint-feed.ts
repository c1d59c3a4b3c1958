import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadMappings, type Mappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { loadSources } from '@tideway/hl7-ingest/identify/load-sources'
import type { Source } from '@tideway/schemas/source'
import { showProgress } from './operate/client/progress.ts'
import { draftSource } from './operate/lint-feed/draft.ts'
import { addMessage, emptyFeed, type Feed } from './operate/lint-feed/feed.ts'
import { filesAt, messagesIn, messagesOf } from './operate/lint-feed/inputs.ts'
import { reportJson, reportOf, reportText } from './operate/lint-feed/report.ts'
import { readArguments, readTime, runCommand, UsageError } from './operate/command-line.ts'
import { openStores } from './operate/open-line.ts'

const usage = `
npm run lint-feed -- --source ODS --since TIME [--until TIME]   what the archived messages of a source are like
npm run lint-feed -- [--source ODS] FILE|FOLDER...              the same of files; with the source's own file, or as the sandbox reads them

--json writes the report for machines, --top N shows N rows of each table (20), --draft adds a draft of the source file to the report,
--draft --out FOLDER writes it there as <ods>.json, unless there is one. TIME as 2026-11-22 or 2026-11-22T09:30. The report holds no value of a person.`

const options = {
  source: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  json: { type: 'boolean' },
  top: { type: 'string' },
  draft: { type: 'boolean' },
  out: { type: 'string' },
} as const
type Chosen = ReturnType<typeof readArguments<typeof options>>['values']

const everyMs = 1_000

const readFiles = (paths: readonly string[], source: Source | null, mappings: Mappings): Feed => {
  const feed = emptyFeed()
  const files = filesAt(paths)
  const progress = showProgress('reading', files.length, process.stderr)
  for (const file of files) {
    for (const sent of messagesIn(file, source)) addMessage(feed, sent, mappings)
    progress.add(1)
  }
  progress.end()
  return feed
}

const readArchive = async (
  ods: string,
  source: Source | null,
  values: Chosen,
  mappings: Mappings,
): Promise<Feed> => {
  if (values.since === undefined)
    throw new UsageError(`--since says from when, or files what to read\n${usage}`)
  const from = readTime('since', values.since, usage)
  const to = values.until === undefined ? Date.now() : readTime('until', values.until, usage)
  const stores = await openStores(process.env)
  const feed = emptyFeed()
  let shownAt = performance.now()
  try {
    for await (const sent of messagesOf(stores, ods, source, from, to)) {
      addMessage(feed, sent, mappings)
      if (performance.now() - shownAt < everyMs) continue
      shownAt = performance.now()
      process.stderr.write(
        `${process.stderr.isTTY ? '\r\x1b[K' : ''}  ${feed.messages} messages, now at ${new Date(sent.receivedAt ?? 0).toISOString()}${process.stderr.isTTY ? '' : '\n'}`,
      )
    }
  } finally {
    await stores.close()
  }
  return feed
}

const json = (value: unknown): string => JSON.stringify(value, null, 2)

/** Never over a file that is there. */
const writeDraft = (draft: Source, folder: string): void => {
  const path = join(folder, `${draft.ods.toLowerCase()}.json`)
  writeFileSync(path, `${json(draft)}\n`, { flag: 'wx' })
  console.error(`wrote ${path}`)
}

const show = (feed: Feed, values: Chosen, top: number): void => {
  const sections = reportOf(feed, top)
  const draft =
    values.draft === true && values.source !== undefined ? draftSource(feed, values.source) : null
  if (draft !== null && values.out !== undefined) writeDraft(draft, values.out)
  const shown = values.out === undefined && draft !== null ? { draft } : null
  if (values.json === true) console.log(json({ ...reportJson(feed, sections), ...shown }))
  else
    console.log(
      `\n${reportText(feed, sections)}${shown === null ? '' : `\n\n${json(shown.draft)}`}`,
    )
}

/** Rows of a table. @throws UsageError */
const topOf = ({ top = '20' }: Chosen): number => {
  if (!/^[1-9]\d{0,5}$/.test(top)) throw new UsageError(`--top is no number of rows\n${usage}`)
  return Number(top)
}

await runCommand(async () => {
  const { values, positionals } = readArguments(process.argv.slice(2), options, usage)
  const ods = values.source
  if (ods === undefined && (positionals.length === 0 || values.draft === true))
    throw new UsageError(`--source says whose messages or whose file\n${usage}`)
  const top = topOf(values)
  const mappings = await loadMappings()
  const folder =
    process.env['SOURCES_DIR'] ?? new URL('../schemas/sources', import.meta.url).pathname
  const source =
    loadSources(folder, new Set(mappings.fixes.keys())).find((one) => one.ods === ods) ?? null
  const feed =
    positionals.length > 0
      ? readFiles(positionals, source, mappings)
      : await readArchive(ods as string, source, values, mappings)
  show(feed, values, top)
  return feed.messages > 0
})

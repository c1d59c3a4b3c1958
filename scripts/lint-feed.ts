import { loadSources } from '@tideway/hl7-ingest/identify/load-sources'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import {
  defineCommand,
  finish,
  runCommand,
  timeOf,
  UsageError,
  wholeNumber,
} from './operate/command-line.ts'
import { readArchive, readFiles } from './operate/lint-feed/read-feed.ts'
import { printFeed, type PrintOptions } from './operate/lint-feed/print-feed.ts'

type Options = PrintOptions & { since?: number | undefined; until?: number | undefined }

const lintFeed = async (paths: readonly string[], options: Options): Promise<boolean> => {
  const { source: ods, since, until = Date.now() } = options
  if (paths.length === 0 && (ods === undefined || since === undefined))
    throw new UsageError('Give files or folders, or --source and --since to read the archive')
  if (options.out !== undefined && !options.draft)
    throw new UsageError('--out is where --draft writes the source file: give --draft too')
  const mappings = await loadMappings()
  const folder =
    process.env['SOURCES_DIR'] ?? new URL('../schemas/sources', import.meta.url).pathname
  const source =
    loadSources(folder, new Set(mappings.fixes.keys())).find((one) => one.ods === ods) ?? null
  const feed =
    paths.length > 0
      ? readFiles(paths, source, mappings)
      : await readArchive(
          process.env,
          { ods: ods ?? '', source, from: since ?? 0, to: until },
          mappings,
        )
  printFeed(feed, options)
  return feed.messages > 0
}

await runCommand(
  defineCommand({
    name: 'npm run lint-feed --',
    purpose:
      'Reports what a feed is like: types, character set, times, identifiers, codes, unused fields. Reads files and folders, or the archived messages of a source. The report holds no value of a person.',
    examples: [
      'npm run lint-feed -- samples/',
      'npm run lint-feed -- --draft --out drafts samples/',
      'npm run lint-feed -- --source RJZ --since 2026-11-22',
    ],
  })
    .argument('[path...]', 'files and folders; the archive if none is given')
    .option(
      '--source <ods>',
      'whose messages: read by its source file if there is one, else as the sandbox reads them',
    )
    .option(
      '--since <time>',
      'archive: received at this time or later, e.g. 2026-11-22T09:30',
      timeOf,
    )
    .option('--until <time>', 'archive: received before this time (default: now)', timeOf)
    .option('--top <number>', 'rows shown of each table', wholeNumber(1, 999_999), 20)
    .option('--json', 'print the report as JSON', false)
    .option(
      '--draft',
      'add a draft of the source file; without --source it is for the most frequent MSH-4',
      false,
    )
    .option('--out <folder>', 'write the draft there as <ods>.json, unless that file exists')
    .action(async (paths, options) => finish(await lintFeed(paths, options))),
)

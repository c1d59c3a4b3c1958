import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Source } from '@tideway/schemas/source'
import { UsageError } from '../command-line.ts'
import { draftSource, mostFrequentFacility } from './draft.ts'
import type { FeedSummary } from './feed.ts'
import { reportJson, reportOf, reportText } from './report.ts'

export type PrintOptions = {
  source?: string | undefined
  /** Rows of each table. */
  top: number
  json: boolean
  draft: boolean
  /** Folder for the draft. */
  out?: string | undefined
}

const json = (value: unknown): string => JSON.stringify(value, null, 2)

const odsOfDraft = (feed: FeedSummary, ods: string | undefined): string => {
  if (ods !== undefined) return ods
  const facility = mostFrequentFacility(feed)
  if (facility === null)
    throw new UsageError('No MSH-4 of these messages is an ODS code: give --source for the draft')
  console.error(`draft for ${facility}, the most frequent MSH-4; --source names another`)
  return facility
}

/** Never overwrites a file. @throws UsageError if the file exists */
const writeDraft = (draft: Source, folder: string): void => {
  const path = join(folder, `${draft.ods.toLowerCase()}.json`)
  if (existsSync(path)) throw new UsageError(`${path} exists and is not overwritten`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, `${json(draft)}\n`, { flag: 'wx' })
  console.error(`wrote ${path}`)
}

/** Prints the report, and prints or writes the draft of the source file. */
export const printFeed = (
  feed: FeedSummary,
  { source, top, json: asJson, draft, out }: PrintOptions,
) => {
  const sections = reportOf(feed, top)
  const drafted = draft && feed.messages > 0 ? draftSource(feed, odsOfDraft(feed, source)) : null
  if (drafted !== null && out !== undefined) writeDraft(drafted, out)
  const printed = out === undefined && drafted !== null ? { draft: drafted } : null
  if (asJson) console.log(json({ ...reportJson(feed, sections), ...printed }))
  else
    console.log(
      `\n${reportText(feed, sections)}${printed === null ? '' : `\n\n${json(printed.draft)}`}`,
    )
}

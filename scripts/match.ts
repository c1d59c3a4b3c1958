import { existsSync } from 'node:fs'
import { defineCommand, finish, runCommand, UsageError } from './operate/command-line.ts'
import { type Matched, matchFile } from './operate/match/match-file.ts'
import { showProgress } from './operate/match/progress.ts'

type Options = { in?: string | undefined; out?: string | undefined }

const match = async ({ in: input, out: output }: Options): Promise<boolean> => {
  if (input === undefined || output === undefined)
    throw new UsageError('Give the file of records with --in and the file to write with --out')
  if (!existsSync(input)) throw new UsageError(`There is no file ${input}`)
  const progress = showProgress()
  const matched = await matchFile(input, output, progress.show)
  progress.end()
  report(matched)
  return matched.bad === 0
}

const number = (value: number): string => value.toLocaleString('en-GB')

const report = ({ records, bad, compared, links, workItems, largeBlocks }: Matched): void => {
  console.log(
    `${number(records)} records, ${number(compared)} pairs compared: ${number(links)} automatic links, ${number(workItems)} work items.`,
  )
  for (const [kind, keys] of Object.entries(largeBlocks))
    console.log(
      `${number(keys)} keys of the kind ${kind} are shared by too many records to compare them by it.`,
    )
  if (bad > 0) console.log(`${number(bad)} lines could not be read and are left out.`)
  console.log(`Peak memory ${number(Math.round(process.resourceUsage().maxRSS / 1024))} MB.`)
}

await runCommand(
  defineCommand({
    name: 'npm run match --',
    purpose:
      'Matches a file of records (NDJSON) with the rules and weights of the identity service, and writes automatic links and work items. Scratch files of about five times the size of the input are written beside the output and deleted.',
    examples: ['npm run match -- --in population.ndjson --out links.ndjson'],
  })
    .option('--in <file>', 'records, one JSON object a line')
    .option('--out <file>', 'where to write {a, b, how, rule, score}, one a line')
    .action(async (options) => finish(await match(options))),
)

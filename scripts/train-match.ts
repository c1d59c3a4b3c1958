import { writeFileSync } from 'node:fs'
import {
  defineCommand,
  finish,
  positiveNumber,
  runCommand,
  UsageError,
} from './operate/command-line.ts'
import { eachRecord } from './operate/match/lines.ts'
import { type Labelled, train } from './measure/train-match/train.ts'

type Options = {
  in?: string | undefined
  out: string
  trainedOn?: string | undefined
  automatic: number
  workItem: number
  dependantWorkItem: number
  popularName: number
  dependantsFrom: string
}

const trainMatch = async (options: Options): Promise<boolean> => {
  const { in: input, out, trainedOn, ...thresholds } = options
  if (input === undefined || trainedOn === undefined)
    throw new UsageError('Give the population with --in, and in words what it is with --trained-on')
  const records: Labelled[] = []
  let bad = 0
  await eachRecord(
    input,
    ({ traits }, _place, line) => {
      const { person } = JSON.parse(line) as { person?: unknown }
      if (typeof person === 'string') records.push({ person, traits })
      else bad += 1
    },
    () => {
      bad += 1
    },
  )
  const weights = train(records, thresholds, trainedOn)
  writeFileSync(out, `${JSON.stringify(weights, null, 2)}\n`)
  console.log(`${records.length} records counted, ${bad} lines without a person left out: ${out}`)
  return bad === 0
}

await runCommand(
  defineCommand({
    name: 'npm run train-match --',
    purpose:
      'Counts the weights of matching on a population whose truth is known (field `person`), and writes the file that packages/identity reads. Test on another population than the one trained on.',
    examples: [
      "npm run train-match -- --in population.ndjson --trained-on 'invented population, 100,000 people, seed 1'",
    ],
  })
    .option('--in <file>', 'records with `person`, one JSON object a line')
    .option('--trained-on <words>', 'what the population is; it is written into the file')
    .option(
      '--out <file>',
      'where to write the weights',
      new URL('../packages/identity/src/score/weights.json', import.meta.url).pathname,
    )
    .option(
      '--automatic <bits>',
      'score from which a pair without a common number is linked',
      positiveNumber,
      30,
    )
    .option('--work-item <bits>', 'score from which a pair is a work item', positiveNumber, 52)
    .option(
      '--dependant-work-item <bits>',
      'score from which a pair of dependants without a common number is a work item',
      positiveNumber,
      62,
    )
    .option(
      '--popular-name <share>',
      'share of records from which a given name is popular',
      positiveNumber,
      0.002,
    )
    .option(
      '--dependants-from <day>',
      'day of birth from which people may live with their parents',
      '2001-01-01',
    )
    .action(async (options) => finish(await trainMatch(options))),
)

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Addresses } from '../stack/addresses.ts'
import { type Api, openApi } from '../operate/client/api.ts'
import { openStores, type StackStores } from '../operate/client/stores.ts'
import { corpusDir, corpusFrames } from '../measure/corpus/files.ts'
import { sendCorpus } from './corpus.ts'
import { countLedger, parkedTable, typesTable } from './ledger-summary.ts'
import { seenBy } from './look.ts'
import { glance, page } from './page.ts'
import { sendMedicines } from './pharmacy.ts'
import { refusalsTable } from './refusals.ts'
import { sendStory } from './send-story.ts'
import { child, tellStory } from './story.ts'

type Say = (line: string) => void
const count = (text: number, what: string) => `${text.toLocaleString('en-GB')} ${what}`

const story = async (
  addresses: Addresses,
  operator: Api,
  doctor: Api,
  stores: StackStores,
  env: NodeJS.ProcessEnv,
  say: Say,
): Promise<void> => {
  const chapters = tellStory(new Date())
  const last = chapters.at(-1)
  const told = await operator.get<{ messages: unknown[] }>(
    `/api/messages?controlId=${last?.controlId}`,
  )
  if (told.messages.length > 0) return say('  The story is there from an earlier start.')
  await sendMedicines(addresses, stores.mongo, env, say)
  await sendStory(addresses, chapters, stores.mongo, {
    told: say,
    look: async () => {
      say(
        '\n  He must be moved to the Evelina, and the call that should announce him does not come.\n  The Evelina doctor finds him by NHS number and date of birth, and sees:\n',
      )
      const record = await seenBy(doctor, child)
      say(record === null ? '  He cannot be found.' : glance(record, new Date()))
      say('')
    },
  })
}

/**
 * Sends the story and the corpus, if it exists, and shows the result. What an earlier start sent is
 * not sent again.
 *
 * @param home  folder of the stack, in which the text is kept as `demonstration.txt`
 */
export const runDemo = async (
  addresses: Addresses,
  home: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> => {
  const began = performance.now()
  const lines: string[] = []
  const say = (line: string) => {
    lines.push(line)
    console.log(line)
  }
  const stores = await openStores(addresses, env)
  try {
    const operator = await openApi(addresses, { role: 'operator', organisation: 'RJ1' }, env)
    const doctor = await openApi(addresses, { role: 'clinician', organisation: 'RJ1' }, env)
    say(
      "\n  THE STORY, told in HL7v2 by King's, the pathology laboratory and the Evelina, and in FHIR by a pharmacy\n",
    )
    await story(addresses, operator, doctor, stores, env, say)
    const frames = corpusFrames(corpusDir(env))
    const sent =
      frames.length === 0 ? [] : await sendCorpus(addresses, frames, operator, stores.mongo, say)
    const rows = await countLedger(stores.mongo)
    const [messages, patients] = await Promise.all([
      stores.mongo.messages.countDocuments({}),
      stores.mongo.patients.countDocuments({}),
    ])
    say(`\n  THE LEDGER: ${count(messages, 'messages')} of ${count(patients, 'patients')}\n`)
    for (const table of [typesTable(rows), parkedTable(rows), refusalsTable(sent)])
      if (table !== null) say(`${table}\n`)
    say(`  THE CHILD'S RECORD, as the Evelina doctor sees it\n`)
    const record = await seenBy(doctor, child)
    say(record === null ? '  He cannot be found.' : page(record, new Date()))
    const file = join(home, 'demonstration.txt')
    writeFileSync(file, `${lines.join('\n')}\n`)
    say(
      `  The demonstration took ${((performance.now() - began) / 1000).toFixed(1)} s; its text is kept in ${file}`,
    )
  } finally {
    await stores.close()
  }
}

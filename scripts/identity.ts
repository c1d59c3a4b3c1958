import { Option } from '@commander-js/extra-typings'
import { ApiFailure, openApi } from './operate/client/api.ts'
import { defineCommand, finish, runCommand, timeOf, UsageError } from './operate/command-line.ts'
import { beginIdentityAnew } from './operate/identity/begin-anew.ts'
import {
  type DecisionAnswer,
  decisionText,
  type ItemAnswer,
  itemsText,
  type PersonAnswer,
  personText,
} from './operate/identity/identity-text.ts'
import { readAddresses } from './stack/addresses.ts'

const open = (organisation: string) =>
  openApi(readAddresses(process.env), { role: 'identity-steward', organisation }, process.env)

const refusals: Record<number, string> = {
  404: 'Not known: no patient with that number, or no such conflict is open',
  409: 'Both are one number: split it instead',
  503: 'Not possible now: try again, and look at the person first',
}

/** What is done in words; a refusal of the service as its message. */
const say = async (ask: () => Promise<string>): Promise<void> => {
  try {
    console.log(await ask())
    finish(true)
  } catch (cause) {
    if (!(cause instanceof ApiFailure)) throw cause
    console.error(refusals[cause.status] ?? cause.message)
    finish(false)
  }
}

const decide = (organisation: string, path: string, body: object): Promise<void> =>
  say(async () => {
    const api = await open(organisation)
    return decisionText(await api.post<DecisionAnswer>(`/api/identity/${path}`, body))
  })

const command = defineCommand({
  name: 'npm run identity --',
  purpose:
    'Reads and decides who is who, as an identity steward of the running stack. A source patient is named by the ODS code of its organisation and its number there.',
  examples: [
    'npm run identity -- work-items',
    'npm run identity -- person RJZ 1234567',
    'npm run identity -- link RJZ 1234567 RJ1 7654321 --reason "asked the patient"',
    'npm run identity -- split-number RJZ 1234567 --from 2026-11-22 --reason "number given again"',
    'npm run identity -- resolve 4Xm3nV0qk2m0o3cS8m1bYw other-person --reason "number given again"',
  ],
})
const helped = (name: string, description: string) =>
  command
    .command(name)
    .description(description)
    .helpOption('--help', 'print this and do nothing else')

helped('work-items', 'what waits for a steward, the oldest first').action(() =>
  say(async () => {
    const api = await open('RJ1')
    const items: ItemAnswer[] = []
    for (let after: string | undefined; ; ) {
      const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`
      const page: { items: ItemAnswer[]; more?: string } = await api.get(
        `/api/identity/work-items${query}`,
      )
      items.push(...page.items)
      after = page.more
      if (after === undefined) return itemsText(items)
    }
  }),
)

helped('person', 'the person of a source patient, and what holds it together')
  .argument('<organisation>', 'ODS code')
  .argument('<identifier>', 'number of the patient there')
  .action((organisation, identifier) =>
    say(async () => {
      const api = await open(organisation)
      const found = await api.post<{ person: PersonAnswer }>('/api/identity/persons/search', {
        ...{ organisation, identifier },
      })
      return personText(found.person)
    }),
  )

for (const [name, description] of [
  ['link', 'two source patients are one person'],
  ['keep-apart', 'two source patients are two people, whatever else says so'],
] as const)
  helped(name, description)
    .argument('<organisation>', 'ODS code of the first')
    .argument('<identifier>', 'its number')
    .argument('<otherOrganisation>', 'ODS code of the second')
    .argument('<otherIdentifier>', 'its number')
    .requiredOption('--reason <words>', 'why, for later readers')
    .action((organisation, identifier, otherOrganisation, otherIdentifier, { reason }) =>
      decide(organisation, name, {
        a: { organisation, identifier },
        b: { organisation: otherOrganisation, identifier: otherIdentifier },
        reason,
      }),
    )

helped('unlink', 'a source patient leaves its person, whatever put it there')
  .argument('<organisation>', 'ODS code')
  .argument('<identifier>', 'number of the patient there')
  .requiredOption('--reason <words>', 'why, for later readers')
  .action((organisation, identifier, { reason }) =>
    decide(organisation, 'unlink', { patient: { organisation, identifier }, reason }),
  )

helped('split-number', "from a time on a number is another person's")
  .argument('<organisation>', 'ODS code')
  .argument('<identifier>', 'the number')
  .requiredOption('--from <time>', 'messages made from then on are about the other', timeOf)
  .requiredOption('--reason <words>', 'why, for later readers')
  .action((organisation, identifier, { from, reason }) =>
    decide(organisation, 'split-number', {
      ...{ patient: { organisation, identifier }, reason },
      from: new Date(from).toISOString(),
    }),
  )

helped('resolve', 'what messages in conflict with a patient are')
  .argument('<workItem>', 'id of the work item')
  .argument('<decision>', 'same-person, other-person or wrong-message')
  .requiredOption('--reason <words>', 'why, for later readers')
  .action((workItem, decision, { reason }) => {
    if (!['same-person', 'other-person', 'wrong-message'].includes(decision))
      throw new UsageError('The decision is same-person, other-person or wrong-message')
    return decide('RJ1', 'resolve-conflict', { workItem, decision, reason })
  })

helped('rebuild', 'begin anew: the service, stopped now, reads everything again when it starts')
  .addOption(new Option('--yes', 'do it').default(false))
  .action(async ({ yes }) => {
    if (!yes) throw new UsageError('Stop the identity service, then give --yes')
    await beginIdentityAnew(process.env)
    console.log('Start the identity service: it considers every patient and every statement again.')
  })

await runCommand(command)

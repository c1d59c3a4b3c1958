import { AddressError, readAddresses, requireAddresses } from '../../stack/addresses.ts'
import { openApi } from '../../operate/client/api.ts'
import { archiveReader } from '../../operate/client/archive-reader.ts'
import { pollUntil } from '../../operate/client/poll.ts'
import { showProgress } from '../../operate/client/progress.ts'
import { openStores } from '../../operate/client/stores.ts'
import { addressOf } from '../load/connection.ts'
import { corpusDir, corpusFrames } from './files.ts'
import { type SentControlIds, askLedger } from './ledger.ts'
import { countOutcomes, outcomeTable } from './report.ts'
import { sendFrames } from './send.ts'
import type { Frame } from './split.ts'
import { answerFaults, isKept, ledgerFaults } from './verify.ts'

/** The ledger is written at once, the archive within its interval. */
const settleWithinMs = 90_000
const shownFaults = 40

const controlIdsOf = (messages: readonly Frame['messages'][number][]): SentControlIds =>
  new Map(
    [
      ...Map.groupBy(
        messages.filter(({ controlId }) => controlId !== ''),
        ({ controlId }) => controlId,
      ),
    ].map(([controlId, own]) => [controlId, new Set(own.map((message) => message.id))]),
  )

/**
 * Sends every message of the corpus to the sandbox and checks that each frame is answered, that the
 * ledger accounts for each message and that the archive returns the same bytes.
 *
 * @throws AddressError if there is no stack or no corpus
 */
export const proveCorpus = async (): Promise<boolean> => {
  const addresses = readAddresses(process.env)
  const { mllpSandbox } = requireAddresses(addresses, 'mllpSandbox')
  const frames = corpusFrames(corpusDir(process.env))
  if (frames.length === 0)
    throw new AddressError(
      `No messages: ${corpusDir(process.env)}/hl7v2 is not there; set CORPUS_DIR`,
    )
  const messages = frames.flatMap((frame) => frame.messages)
  const asked = controlIdsOf(messages)
  const api = await openApi(addresses, { role: 'operator', organisation: 'RJZ' }, process.env)
  const stores = await openStores(addresses, process.env)
  console.log(
    `${new Set(frames.map((frame) => frame.file)).size} files, ${frames.length} frames, ${messages.length} messages to the sandbox ${mllpSandbox}`,
  )

  const before = await askLedger(api, asked)
  const progress = showProgress('sending', messages.length)
  const sending = await sendFrames(addressOf(mllpSandbox), frames, {
    connections: 4,
    answerWithinMs: 20_000,
    onSent: (sent) => progress.add(sent.length),
  })
  progress.end()

  const check = async () => {
    const ledger = await askLedger(api, asked)
    return {
      ledger,
      faults: await ledgerFaults(sending.sent, before, ledger, archiveReader(stores.objects)),
    }
  }
  const { ledger, faults } = await pollUntil(
    check,
    (result) => result.faults.length === 0,
    settleWithinMs,
    2_000,
  )
  await stores.close()

  const problems = [
    ...sending.drops.map(({ file, why }) => `connection dropped (${why}) at ${file}`),
    ...answerFaults(sending.sent),
    ...faults,
  ]
  const kept = sending.sent.filter(isKept).length
  console.log(`\n${outcomeTable(countOutcomes(sending.sent, ledger))}\n`)
  console.log(
    `  ${sending.sent.length} messages in ${sending.seconds.toFixed(1)} s (${Math.round(sending.sent.length / sending.seconds)}/s), ${kept} kept, ${sending.sent.length - kept} refused`,
  )
  for (const problem of problems.slice(0, shownFaults)) console.log(`  WRONG  ${problem}`)
  if (problems.length > shownFaults)
    console.log(`  WRONG  and ${problems.length - shownFaults} more`)
  console.log(
    problems.length === 0
      ? '  Every frame answered, no connection dropped, the ledger adds up, the archive gives back the same bytes.'
      : `  ${problems.length} faults.`,
  )
  return problems.length === 0
}

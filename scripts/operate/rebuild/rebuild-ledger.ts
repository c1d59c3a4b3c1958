import { type LedgerTally, rebuildLedger } from '@tideway/archiver/rebuild/rebuild-ledger'
import { connectKafka } from '@tideway/kafka/client'
import { connectRegistry } from '@tideway/kafka/registry'
import { createLog } from '@tideway/runtime/log'
import { readAddresses, requireAddresses } from '../../stack/addresses.ts'
import { openStores } from '../open-line.ts'

const sayEveryMs = 5_000

const grouped = (count: number): string => count.toLocaleString('en-GB')

/** What a rebuild of the ledger did, in words. */
export const ledgerText = (tally: LedgerTally): string =>
  [
    `${grouped(tally.messages)} messages in ${grouped(tally.objects)} archive objects; added to the ledger: ${grouped(tally.messagesAdded)}, to the index: ${grouped(tally.objectsAdded)}`,
    `${grouped(tally.parked)} changes of parked messages read from the log`,
    ...(tally.objectsGone === 0
      ? []
      : [
          `removed from the index: ${grouped(tally.objectsGone)} objects that the archive does not have`,
        ]),
    ...tally.gaps.map(
      ({ partition, first, last }) =>
        `no archive object covers offsets ${first} to ${last} of partition ${partition}: npm run restore -- bucket`,
    ),
  ].join('\n')

/** @returns whether the archive is without gaps */
export const runLedgerRebuild = async (env: NodeJS.ProcessEnv): Promise<boolean> => {
  const { kafka, registry } = requireAddresses(readAddresses(env), 'kafka', 'registry')
  const stores = await openStores(env)
  let saidAt = performance.now()
  try {
    const tally = await rebuildLedger(
      {
        store: stores.store,
        collections: stores.mongo,
        log: {
          kafka: connectKafka(kafka.split(','), 'rebuild', createLog('rebuild', 'error')),
          registry: connectRegistry(registry),
        },
      },
      ({ objects, messages }) => {
        if (performance.now() - saidAt < sayEveryMs) return
        saidAt = performance.now()
        console.log(`  ${grouped(messages)} messages in ${grouped(objects)} objects read`)
      },
    )
    console.log(ledgerText(tally))
    return tally.gaps.length === 0
  } finally {
    await stores.close()
  }
}

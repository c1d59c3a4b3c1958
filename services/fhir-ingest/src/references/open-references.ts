import type { KafkaConnection } from '@tideway/kafka/client'
import type { Following } from '@tideway/kafka/follow'
import type { Registry } from '@tideway/kafka/registry'
import { createReferences, type ReferencePorts } from './references.ts'

type Ports = Omit<ReferencePorts, 'encode' | 'caughtUp'> & {
  kafka: Pick<KafkaConnection, 'follow'>
  registry: Registry
}

/**
 * Reads what clients have sent before from `fhir-resources.v1`, and goes on reading what other
 * processes receive. Resolves when the beginning is read.
 */
export const openReferences = async ({ kafka, registry, ...ports }: Ports) => {
  const { log } = ports
  let reader: Following | null = null
  const references = createReferences({
    ...ports,
    encode: registry.encode,
    caughtUp: async (withinMs) => (await reader?.caughtUp(withinMs)) ?? false,
  })
  reader = await kafka.follow({
    topic: 'fhirResources',
    registry,
    isKnown: (headers) => references.isNoted(headers['writer']),
    onRecords: (records) =>
      references.noteRead(records.map(({ key, value }) => ({ key, record: value }))),
    onCrash: (cause) => {
      log.fatal({ cause }, 'cannot read what other processes receive')
      process.exit(1)
    },
  })
  const { begun, close } = reader
  const began = performance.now()
  await begun()
  log.info({ ms: Math.round(performance.now() - began) }, 'references read')
  references.begin()
  return {
    ...references,
    close: async () => {
      await close()
      await references.close()
    },
  }
}

import { archivedMessages } from '@tideway/archiver/archive/read-archive'
import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import { knownFrom, type Submitter } from '@tideway/fhir-ingest/references/known-resource'
import { type Keyed, outgoingOf } from '@tideway/fhir-ingest/references/records'
import { rememberKept } from '@tideway/fhir-ingest/references/remember'
import { openView, type View } from '@tideway/fhir-ingest/references/view'
import { bytesOf } from '@tideway/object-store/archived-message'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import type { ParkedMessage } from '../backup/decided.ts'
import type { Line } from '../open-line.ts'
import { publishInOrder } from '../replay/publish-in-order.ts'

/** Why a message that refers to what its client had not sent yet was parked. */
const awaiting = 'UNRESOLVED_REFERENCE'

/**
 * What is to be remembered of an archived message.
 *
 * @param view  what its client has sent by then; null: only what it was resolved to when it came
 */
const remembered = async (
  message: MessageReceived,
  view: View | null,
  line: Line,
): Promise<Keyed[]> => {
  const { id: messageId, source: ods, receivedAt, payload, submission } = message
  const source = line.fhir.sources.get(ods)
  if (source === undefined || submission === null) return []
  const bytes = await bytesOf(line.store, message)
  const { client, base, resolved } = submission
  const submitter: Submitter = { client, base, method: submission.method as Submitter['method'] }
  const archived = knownFrom(resolved)
  const known = (name: string) => archived(name) ?? view?.find(client, name) ?? null
  const receipt = { source, bytes, receivedAt, messageId, submitter, known }
  const arrival = { source: ods, bytes, payload, receivedAt }
  return rememberKept(normalise(receipt, line.fhir.rules), arrival, receipt, line.encode).keyed
}

/** Whether a statement, once noted, is what one of its resources is known by. */
const isCurrent = (view: View, { record: { client, resources, waiting } }: Keyed): boolean =>
  waiting !== null ||
  resources.some(({ names, saidAt }) =>
    names.some((name) => view.find(client, name)?.saidAt === saidAt),
  )

/** Publishes what is to be remembered, and counts it. */
const remembering = (line: Line, view: View) => {
  const publishing = publishInOrder(line)
  const counts = { resources: 0, waiting: 0 }
  return {
    counts,
    add: async (all: readonly Keyed[]): Promise<void> => {
      for (const keyed of all) {
        view.note(keyed.key, keyed.record)
        if (!isCurrent(view, keyed)) continue
        await publishing.add([outgoingOf(keyed, line.encode)], [])
        counts.resources += keyed.record.resources.length
        counts.waiting += keyed.record.waiting === null ? 0 : 1
      }
    },
    flush: publishing.flush,
  }
}

type Submission = { message: MessageReceived; isLate: boolean; state: string | null; code: string }

/** Messages of FHIR clients in the archive that were not dropped, and what became of them. */
async function* submissions(
  line: Line,
  parked: ReadonlyMap<string, ParkedMessage>,
): AsyncGenerator<Submission> {
  for await (const { message } of archivedMessages(line.store, { from: 0, to: Date.now() })) {
    const { state = message.parked ? 'PARKED' : null, code = message.problem?.code ?? '' } =
      parked.get(message.id)?.parked ?? {}
    const isLate = message.parked && message.problem?.code === awaiting
    if (message.submission !== null && state !== 'DROPPED') yield { message, isLate, state, code }
  }
}

/**
 * Publishes what FHIR clients have sent, from the archive, on a new log, so that later messages may
 * refer to it; and the messages that wait for what is not sent yet.
 *
 * @param parked  what became of parked messages
 */
export const resourcesAgain = async (
  line: Line,
  parked: ReadonlyMap<string, ParkedMessage>,
): Promise<void> => {
  await line.registry.register(['fhirResources'])
  const view = openView()
  const { add, flush, counts } = remembering(line, view)
  for await (const { message, isLate } of submissions(line, parked))
    if (!isLate) await add(await remembered(message, view, line))
  // Of those that waited, what they waited for may be archived after them.
  for await (const { message, isLate, state, code } of submissions(line, parked)) {
    const isReleased = state === 'RELEASED'
    if (isLate && (isReleased || code === awaiting))
      await add(await remembered(message, isReleased ? view : null, line))
  }
  await flush()
  view.close()
  console.log(
    `${counts.resources} resources of FHIR clients are known again, ${counts.waiting} messages wait`,
  )
}

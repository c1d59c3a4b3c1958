import type { RunInSlices } from '@tideway/fhir/cooperative-scheduler'
import { takeCustody } from '@tideway/ingest/take-custody'
import type { GroupCommit } from '@tideway/ingest/group-commit'
import type { Encode } from '@tideway/ingest/message-records'
import type { Outgoing } from '@tideway/kafka/client'
import type { ObjectStore } from '@tideway/object-store/client'
import type { Log } from '@tideway/runtime/log'
import type { Tracing } from '@tideway/runtime/tracing'
import { asFhirError } from './as-fhir-error.ts'
import type { IdSeal } from '@tideway/schemas/id-seal'
import type { FhirAnswer } from './http/answer.ts'
import type { FhirClient } from './http/fhir-client.ts'
import type { FhirRequest } from './http/fhir-request.ts'
import type { FhirMeter } from './meter.ts'
import { normalising } from './normalise/normalise.ts'
import type { FhirRules, NormalisedFhir } from './normalise/normalised.ts'
import { statusOf } from './outcomes.ts'
import { type SubmittedReceipt, prepare } from './prepare.ts'
import { claimed } from './references/claims.ts'
import type { References } from './references/references.ts'

/**
 * Time for the message to become durable once normalised, milliseconds. Then the answer is 503, so
 * that the sender has an answer within 5 s.
 */
const durableWithinMs = 4_200

export type FhirReceivePorts = {
  rules: FhirRules
  /** Address of the interface as clients know it, e.g. `/fhir`. */
  base: string
  clock: () => number
  encode: Encode
  publicIds: IdSeal
  runInSlices: RunInSlices
  commit: GroupCommit<Outgoing>
  store: Pick<ObjectStore, 'putNew'>
  references: Pick<References, 'of' | 'catchUp' | 'claim' | 'release' | 'noteOwn' | 'doubt'>
  tracing: Tracing
  meter: FhirMeter
  log: Log
}

/**
 * Processes one request with its whole body. Read this function to know the service.
 *
 * 2xx is returned only after the log has the bytes and every event, so after a crash at any line
 * the sender retries and no message is lost. Retries are idempotent, because message and event ids
 * are derived from the bytes.
 *
 * @throws FhirError LOG_UNAVAILABLE or STORE_UNAVAILABLE if any of it may not be durable
 */
export async function receive(
  bytes: Buffer,
  client: FhirClient,
  request: FhirRequest,
  ports: FhirReceivePorts,
): Promise<FhirAnswer> {
  const receipt = receiptOf(bytes, client, request, ports)
  const { references } = ports
  const outcome = await claimed(
    () => normalised(receipt, ports),
    ({ messageId, numbers }) => references.claim(client.id, messageId, numbers),
  )
  try {
    return await kept(outcome, receipt, client, request, ports)
  } finally {
    references.release(client.id, outcome.messageId, outcome.numbers)
  }
}

/** The answer, once the message is durable. */
const kept = async (
  outcome: NormalisedFhir,
  receipt: SubmittedReceipt,
  client: FhirClient,
  request: FhirRequest,
  ports: FhirReceivePorts,
): Promise<FhirAnswer> => {
  const { source } = client
  const prepared = await ports.runInSlices(prepare(outcome, receipt, client, request, ports))
  const { messageId, type, problem, answer, records, uploads, remembered, span } = prepared
  const deadline = performance.now() + durableWithinMs
  if (records.length > 0) {
    try {
      await takeCustody(records, uploads, deadline, ports, () => undefined)
      if (remembered.after.length > 0)
        await takeCustody(remembered.after, [], deadline, ports, () => undefined)
    } catch (error) {
      ports.references.doubt()
      const failure = asFhirError(error)
      const code = failure.faults[0]?.code ?? 'FAILED'
      span.end(code)
      ports.meter.received(source.ods, type, code, statusOf(failure.faults) ?? 500)
      throw failure
    }
    ports.references.noteOwn(remembered.keyed)
  }
  span.end(problem?.code)
  ports.meter.received(source.ods, type, problem?.code ?? 'OK', answer.status)
  ports.log[levelOf(problem?.code)](
    { messageId, source: source.ods, client: client.id, type, status: answer.status, ...problem },
    'received',
  )
  return answer
}

const receiptOf = (
  bytes: Buffer,
  { id, source }: FhirClient,
  { method, origin, ifNoneExist }: FhirRequest,
  { base, clock, references }: FhirReceivePorts,
): SubmittedReceipt => ({
  source,
  bytes,
  receivedAt: clock(),
  isConditional: ifNoneExist !== null,
  submitter: {
    client: id,
    method: method === 'PUT' ? 'PUT' : 'POST',
    base: base.startsWith('http') ? base : `${origin}${base}`,
  },
  known: references.of(id),
})

/**
 * The message as events. If it refers to what is not known here, another process may have received
 * that a moment ago: then all that is durable by now is read first.
 */
const normalised = async (
  receipt: SubmittedReceipt,
  { runInSlices, rules, references }: FhirReceivePorts,
): Promise<NormalisedFhir> => {
  const outcome = await runInSlices(normalising(receipt, rules))
  if (outcome.awaits.length === 0 || !(await references.catchUp())) return outcome
  return runInSlices(normalising(receipt, rules))
}

const levelOf = (code: string | undefined): 'debug' | 'info' | 'error' =>
  code === undefined ? 'debug' : code === 'UNEXPECTED' ? 'error' : 'info'

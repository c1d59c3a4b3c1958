import { answerId, timestamp } from '@tideway/hl7v2/acknowledgement/acknowledge'
import { answerBatch, type Hl7Batch, readBatch } from '@tideway/hl7v2/mllp/batch'
import { isAcknowledgement, readHeader } from '@tideway/hl7v2/lexer/header'
import { type MllpConnection, type ReceivePorts, receive } from '../receive.ts'

/**
 * Messages of a batch in progress at once: enough to share produce requests, few enough not to
 * starve other connections.
 */
const atOnce = 64

/**
 * Processes one frame: a message, or a batch, with FHS and BHS or without. Each message of a batch
 * has a separate outcome.
 *
 * @returns answers, each to be sent in its own frame: one per message, or a single batch if so
 *   configured for the source
 */
export const receiveFrame = async (
  bytes: Buffer,
  connection: MllpConnection,
  ports: ReceivePorts,
): Promise<readonly Buffer[]> => {
  const batch = readBatch(bytes)
  if (batch === null || batch.messages.length === 0)
    return present([await receive(bytes, connection, ports)])
  const all = receiveAll(batch, connection, ports)
  connection.holdUntil(all)
  return all
}

const present = (answers: readonly (Buffer | null)[]): Buffer[] =>
  answers.filter((answer) => answer !== null)

const receiveAll = async (
  batch: Hl7Batch,
  connection: MllpConnection,
  ports: ReceivePorts,
): Promise<readonly Buffer[]> => {
  const answers: (Buffer | null)[] = []
  let upload: Promise<unknown> | null = null
  const holdUntil = (queued: Promise<unknown>) => {
    upload = queued
  }
  const ordered = { ...connection, holdUntil }
  for (let at = 0; at < batch.messages.length; at += atOnce) {
    const under: Promise<Buffer | null>[] = []
    for (const message of batch.messages.slice(at, at + atOnce)) {
      under.push(receive(message, ordered, ports))
      if (upload !== null) await (upload as Promise<unknown>).catch(() => undefined)
      upload = null
    }
    answers.push(...(await Promise.all(under)))
  }
  return acknowledgement(batch, present(answers), connection, ports)
}

const acknowledges = (message: Buffer): boolean => {
  const header = readHeader(message)
  return header !== null && isAcknowledgement(header)
}

/**
 * Answers as configured for the source of the first message. Without a source, or without FHS and
 * BHS, each message is answered on its own. A batch of acknowledgements is not answered.
 */
const acknowledgement = (
  batch: Hl7Batch,
  answers: readonly Buffer[],
  connection: MllpConnection,
  ports: ReceivePorts,
): readonly Buffer[] => {
  const header = readHeader(batch.messages[0] as Buffer)
  const source = header === null ? null : ports.identify(connection.peer, header)
  if (source === null || typeof source === 'string') return answers
  const wrongCount = batch.announced !== null && batch.announced !== batch.messages.length
  ports.meter.batch(source, wrongCount)
  if (wrongCount)
    ports.log.warn(
      { source: source.ods, announced: batch.announced, found: batch.messages.length },
      'batch count does not match its trailer',
    )
  if (
    source.hl7.batchAcknowledgement === 'message' ||
    (batch.fileHeader ?? batch.batchHeader) === null ||
    (answers.length === 0 && batch.messages.every(acknowledges))
  )
    return answers
  const now = ports.clock()
  return [answerBatch(batch, answers, answerId(now), timestamp(now))]
}

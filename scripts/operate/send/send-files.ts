import { basename } from 'node:path'
import { UsageError } from '../command-line.ts'
import { type Acknowledgement, readAcknowledgement } from './acknowledgement.ts'
import { openSession, readFileOrRefuse, type MllpSession, type MllpTarget } from './mllp-session.ts'
import { controlIdIn, splitFile, typeIn } from './split-file.ts'

const accepted = new Set(['AA', 'CA'])

const answerLine = (
  file: string,
  message: Buffer,
  answer: Acknowledgement | null,
  milliseconds: number,
): string => {
  const id = controlIdIn(message)
  const mismatch =
    answer !== null && answer.controlId !== id
      ? `MSA-2 is ${answer.controlId || 'empty'}, not the MSH-10 that was sent`
      : ''
  return [
    basename(file),
    id || '(no MSH-10)',
    typeIn(message) || '(no type)',
    answer?.code ?? 'no answer',
    `${milliseconds.toFixed(0)} ms`,
    ...(answer?.errors ?? []),
    answer?.text,
    mismatch,
  ]
    .filter((part) => part)
    .join('  ')
}

/** Sends one message, over a new connection if the last one was closed. */
const exchange = async (
  session: MllpSession | null,
  message: Buffer,
  target: MllpTarget,
  timeoutMs: number,
): Promise<{ session: MllpSession; answer: Acknowledgement | null }> => {
  const open = session?.isOpen() ? session : await openSession(target, timeoutMs)
  const text = await open.send(message)
  return { session: open, answer: text === null ? null : readAcknowledgement(text) }
}

/**
 * Sends the messages of the files and prints each answer.
 *
 * @returns whether every message was accepted
 * @throws UsageError if a file cannot be read or nothing answers at the target
 */
export const sendFiles = async (
  files: readonly string[],
  target: MllpTarget,
  repeat: number,
  timeoutMs: number,
): Promise<boolean> => {
  const messages = files.flatMap((file) =>
    splitFile(readFileOrRefuse(file)).map((message) => ({ file, message })),
  )
  const counts = new Map<string, number>()
  const began = performance.now()
  let session: MllpSession | null = null
  for (const { file, message } of Array.from({ length: repeat }, () => messages).flat()) {
    const sentAt = performance.now()
    const sent: Awaited<ReturnType<typeof exchange>> | null = await exchange(
      session,
      message,
      target,
      timeoutMs,
    ).catch(() => null)
    if (sent === null) throw new UsageError(`Nothing answers at ${target.host}:${target.port}`)
    session = sent.session
    const code = sent.answer?.code ?? 'no answer'
    counts.set(code, (counts.get(code) ?? 0) + 1)
    console.log(answerLine(file, message, sent.answer, performance.now() - sentAt))
  }
  session?.close()
  const total = messages.length * repeat
  const seconds = (performance.now() - began) / 1000
  console.log(
    `sent ${total} to ${target.host}:${target.port} in ${seconds.toFixed(1)} s, ${Math.round(total / seconds)}/s: ${[...counts].map(([code, count]) => `${count} ${code}`).join(', ')}`,
  )
  return [...counts.keys()].every((code) => accepted.has(code))
}

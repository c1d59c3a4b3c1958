import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { readAddresses, requireAddresses } from './stack/addresses.ts'
import { readArguments, runCommand, UsageError } from './operate/command-line.ts'
import { type Answer, readAnswer } from './operate/send/answer.ts'
import { openSession, type Session, type Target } from './operate/send/mllp-session.ts'
import { controlIdIn, splitFile, typeIn } from './operate/send/split-file.ts'

const usage = `
npm run send -- FILE... [--port P] [--host H] [--repeat N] [--timeout SECONDS]
                [--tls] [--ca FILE] [--cert FILE --key FILE]

Sends every message of the files, one at a time, and shows each answer. Without --port: the sandbox of the running stack.`

const options = {
  host: { type: 'string' },
  port: { type: 'string' },
  repeat: { type: 'string' },
  timeout: { type: 'string' },
  tls: { type: 'boolean' },
  ca: { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
} as const
type Values = ReturnType<typeof readArguments<typeof options>>['values']

const whole = (name: string, text: string, most: number): number => {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw new UsageError(`--${name} must be a whole number from 1 to ${most}\n${usage}`)
  return number
}

const read = (file: string): Buffer => {
  try {
    return readFileSync(file)
  } catch {
    throw new UsageError(`${file} cannot be read`)
  }
}

const secureOf = ({ tls, ca, cert, key }: Values): Target['tls'] => {
  if (tls !== true && ca === undefined && cert === undefined) return null
  return {
    ...(ca === undefined ? {} : { ca: read(ca) }),
    ...(cert === undefined ? {} : { cert: read(cert) }),
    ...(key === undefined ? {} : { key: read(key) }),
  }
}

const targetOf = (values: Values): Target => {
  if (values.port !== undefined)
    return {
      host: values.host ?? '127.0.0.1',
      port: whole('port', values.port, 65_535),
      tls: secureOf(values),
    }
  const { mllpSandbox } = requireAddresses(readAddresses(process.env), 'mllpSandbox')
  const colon = mllpSandbox.lastIndexOf(':')
  return {
    host: values.host ?? mllpSandbox.slice(0, colon),
    port: Number(mllpSandbox.slice(colon + 1)),
    tls: secureOf(values),
  }
}

const accepted = new Set(['AA', 'CA'])

const lineOf = (
  file: string,
  message: Buffer,
  answer: Answer | null,
  milliseconds: number,
): string => {
  const id = controlIdIn(message)
  const mismatch =
    answer !== null && answer.controlId !== id
      ? `answers ${answer.controlId || 'nothing'} instead`
      : ''
  return [
    basename(file),
    id || '(no MSH-10)',
    typeIn(message) || '(no type)',
    answer?.code ?? 'no answer',
    `${milliseconds.toFixed(0)} ms`,
    answer?.errors,
    mismatch,
  ]
    .filter((part) => part)
    .join('  ')
}

/** Sends one message, over a new connection where the last one is gone. */
const exchange = async (
  session: Session | null,
  message: Buffer,
  target: Target,
  timeoutMs: number,
): Promise<{ session: Session; answer: Answer | null }> => {
  const open = session?.isOpen() ? session : await openSession(target, timeoutMs)
  const text = await open.send(message)
  return { session: open, answer: text === null ? null : readAnswer(text) }
}

await runCommand(async () => {
  const { values, positionals: files } = readArguments(process.argv.slice(2), options, usage)
  if (files.length === 0) throw new UsageError(usage.trim())
  const repeat = whole('repeat', values.repeat ?? '1', 1_000_000)
  const timeoutMs = whole('timeout', values.timeout ?? '10', 600) * 1000
  const target = targetOf(values)
  const messages = files.flatMap((file) =>
    splitFile(read(file)).map((message) => ({ file, message })),
  )
  const counts = new Map<string, number>()
  const began = performance.now()
  let session: Session | null = null
  for (let round = 0; round < repeat; round += 1) {
    for (const { file, message } of messages) {
      const sentAt = performance.now()
      const sent: { session: Session; answer: Answer | null } | null = await exchange(
        session,
        message,
        target,
        timeoutMs,
      ).catch(() => null)
      if (sent === null) throw new UsageError(`Nobody answers at ${target.host}:${target.port}`)
      session = sent.session
      const code = sent.answer?.code ?? 'no answer'
      counts.set(code, (counts.get(code) ?? 0) + 1)
      console.log(lineOf(file, message, sent.answer, performance.now() - sentAt))
    }
  }
  session?.close()
  const total = messages.length * repeat
  const seconds = (performance.now() - began) / 1000
  console.log(
    `sent ${total} to ${target.host}:${target.port} in ${seconds.toFixed(1)} s, ${Math.round(total / seconds)}/s: ${[...counts].map(([code, count]) => `${count} ${code}`).join(', ')}`,
  )
  return [...counts.keys()].every((code) => accepted.has(code))
})

import pino from 'pino'

/**
 * JSON lines on standard output. Places and ids only: nothing clinical and nothing that identifies
 * a person is logged, so an error is written as its name, message, code and stack, without the
 * objects it carries.
 */
export type Log = pino.Logger

type Coded = Error & { code?: unknown; at?: unknown }

const withoutValues = (error: Coded): object => ({
  type: error.name,
  message: error.message,
  ...(error.code === undefined ? {} : { code: error.code }),
  ...(error.at === undefined ? {} : { at: error.at }),
  stack: error.stack,
  ...(error.cause instanceof Error ? { cause: withoutValues(error.cause) } : {}),
})

export const createLog = (service: string, level: string): Log =>
  pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { cause: withoutValues, err: withoutValues },
  })

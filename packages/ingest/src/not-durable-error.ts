export type NotDurableCode = 'LOG_UNAVAILABLE' | 'STORE_UNAVAILABLE'

/** The message may not be durable: its sender keeps it and sends it again. */
export class NotDurableError extends Error {
  override readonly name = 'NotDurableError'
  readonly code: NotDurableCode

  constructor(code: NotDurableCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

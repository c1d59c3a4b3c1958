export type NotDurableCode = 'LOG_UNAVAILABLE' | 'STORE_UNAVAILABLE'

/** Something may not have become durable: its sender keeps it and sends it again. */
export class NotDurable extends Error {
  override readonly name = 'NotDurable'
  readonly code: NotDurableCode

  constructor(code: NotDurableCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

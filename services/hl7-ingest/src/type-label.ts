const pattern = /^[A-Z]{3}(\^[A-Z][A-Z0-9]{2})?$/

/**
 * MSH-9 for logs and metrics; `other` if it does not look like a message type, because a sender may
 * write anything there.
 */
export const typeLabel = (type: string | null): string =>
  type !== null && pattern.test(type) ? type : 'other'

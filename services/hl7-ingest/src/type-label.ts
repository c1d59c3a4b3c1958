const pattern = /^[A-Z]{3}(\^[A-Z][A-Z0-9]{2})?$/

/**
 * MSH-9 for logs and metrics: a sender may write anything there, so what does not look like a type
 * is `other`.
 */
export const typeLabel = (type: string | null): string =>
  type !== null && pattern.test(type) ? type : 'other'

/** A logical id names one resource for ever; what is keyed by it is never used again. */
export const isOfLogicalId = (entryId: string): boolean =>
  /\|([A-Z0-9]{2,10}:)?~[A-Z][A-Za-z]+\//.test(entryId)

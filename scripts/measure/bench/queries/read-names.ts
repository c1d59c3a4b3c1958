/** Names of the reads for which there are goals. */
export const recordRead = 'the record'
export const ledgerRead = 'ledger by control id'

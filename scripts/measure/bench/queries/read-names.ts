/** Names of the reads that have goals, in the list of queries and in the report. */
export const recordRead = 'the record'
export const ledgerRead = 'ledger by control id'

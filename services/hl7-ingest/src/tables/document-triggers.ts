/**
 * MDM triggers in the words of DocumentReported, HL7 v2.5.1 chapter 9.4. Odd numbers tell of the
 * document alone, even ones bring its content.
 */
export const documentTriggers: ReadonlyMap<string, string> = new Map([
  ['T01', 'ORIGINAL'],
  ['T02', 'ORIGINAL'],
  ['T03', 'STATUS_CHANGED'],
  ['T04', 'STATUS_CHANGED'],
  ['T05', 'ADDENDUM'],
  ['T06', 'ADDENDUM'],
  ['T07', 'EDIT'],
  ['T08', 'EDIT'],
  ['T09', 'REPLACEMENT'],
  ['T10', 'REPLACEMENT'],
  ['T11', 'CANCELLED'],
])

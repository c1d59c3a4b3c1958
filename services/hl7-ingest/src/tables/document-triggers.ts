/**
 * MDM triggers as codes of DocumentReported, HL7 v2.5.1 chapter 9.4. Odd numbers are notifications,
 * even ones include the content.
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

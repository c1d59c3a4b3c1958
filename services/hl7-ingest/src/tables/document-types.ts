/** HL7 v2.5.1 table 0270, document type: display text, for a document sent without a title. */
export const documentTypes: ReadonlyMap<string, string> = new Map([
  ['AR', 'Autopsy report'],
  ['CD', 'Cardiodiagnostics'],
  ['CN', 'Consultation'],
  ['DI', 'Diagnostic imaging'],
  ['DS', 'Discharge summary'],
  ['ED', 'Emergency department report'],
  ['HP', 'History and physical examination'],
  ['OP', 'Operative report'],
  ['PC', 'Psychiatric consultation'],
  ['PH', 'Psychiatric history and physical examination'],
  ['PN', 'Procedure note'],
  ['PR', 'Progress note'],
  ['SP', 'Surgical pathology'],
  ['TS', 'Transfer summary'],
])

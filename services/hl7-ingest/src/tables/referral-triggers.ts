/**
 * REF triggers as codes of RequestReported, HL7 v2.9 chapter 11.5; and RRI, which answers them,
 * where the receiver accepted (`answered`) and where it did not (`refused`).
 */
export const referralTriggers: ReadonlyMap<
  string,
  { asked: string; answered: string; refused: string }
> = new Map([
  ['I12', { asked: 'REFERRED', answered: 'ANSWERED', refused: 'REFUSED' }],
  [
    'I13',
    { asked: 'MODIFIED', answered: 'MODIFICATION_ANSWERED', refused: 'MODIFICATION_REFUSED' },
  ],
  [
    'I14',
    { asked: 'CANCELLED', answered: 'CANCELLATION_ANSWERED', refused: 'CANCELLATION_REFUSED' },
  ],
  ['I15', { asked: 'STATUS_ASKED', answered: 'STATUS_ANSWERED', refused: 'STATUS_REFUSED' }],
])

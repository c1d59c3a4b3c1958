/** `incomplete`: something is missing. `unknown`: whether something is, cannot be told. */
export type CompletenessState = 'complete' | 'incomplete' | 'unknown'

/**
 * Why an answer does not claim to be complete: the closed list, with what each does to the state
 * and the sentence a reader is shown.
 */
export const completenessReasons = {
  parked: {
    state: 'incomplete',
    text: 'Messages about this patient could not be understood and wait for an operator: their content is not here.',
  },
  held: {
    state: 'incomplete',
    text: 'A message about this patient could not be applied: it and what came after it are not here.',
  },
  'given-up': {
    state: 'incomplete',
    text: 'An operator gave up messages about this patient: their content is not here.',
  },
  'used-in-part': {
    state: 'incomplete',
    text: 'Messages about this patient were used in part only: the rest of their content is not here.',
  },
  'content-not-shown': {
    state: 'incomplete',
    text: 'Content that was sent could not be used and is not shown: see the original text.',
  },
  'carriers-not-combined': {
    state: 'incomplete',
    text: 'Other patients carry the same NHS number and are left out, because their date of birth differs or is not known.',
  },
  'person-not-known': {
    state: 'incomplete',
    text: 'Which other numbers are of this patient is not known yet: only what stands under this one is here.',
  },
  'identity-undecided': {
    state: 'incomplete',
    text: 'Whether other numbers are of this patient waits for a decision: data may be missing, or stand here that is of somebody else.',
  },
  'placeholder-number': {
    state: 'incomplete',
    text: 'The sender gave no number of the patient but a placeholder: other messages about the same person, and corrections, may stand alone.',
  },
  'identity-conflict': {
    state: 'incomplete',
    text: 'Messages under this number contradict who the patient is, and wait for a decision: their content is not here.',
  },
  'merge-not-followed': {
    state: 'incomplete',
    text: 'A merge, link or move of this patient is not followed yet: data may stand under another number.',
  },
  'projection-behind': {
    state: 'incomplete',
    text: 'Messages that were received are not in the records yet: what came in last may be missing.',
  },
  'identity-behind': {
    state: 'incomplete',
    text: 'Who is who is not considered yet for what came in last: data under other numbers may be missing.',
  },
  'ledger-behind': {
    state: 'incomplete',
    text: 'Received messages are not all accounted for yet: some that could not be used may not be counted.',
  },
  'feed-silent': {
    state: 'unknown',
    text: 'A source of this record has sent nothing for longer than is usual at this time.',
  },
  'log-not-reachable': {
    state: 'unknown',
    text: 'Whether everything that was received is here cannot be checked at present.',
  },
  'store-not-of-log': {
    state: 'unknown',
    text: 'The records are not known to hold what was received.',
  },
} as const satisfies Record<string, { state: 'incomplete' | 'unknown'; text: string }>

export type CompletenessReason = keyof typeof completenessReasons

export const reasonCodes = Object.keys(completenessReasons) as CompletenessReason[]

/** What is known to be missing weighs more than what cannot be told. */
export const stateOf = (reasons: readonly CompletenessReason[]): CompletenessState => {
  const states = new Set(reasons.map((reason) => completenessReasons[reason].state))
  if (states.has('incomplete')) return 'incomplete'
  return states.has('unknown') ? 'unknown' : 'complete'
}

/**
 * Why events are held: the closed list of problem codes at stage PROJECT, and what an operator can
 * do about each.
 */
export const holdCodes = {
  UNEXPECTED: {
    means: 'An event could not be applied to the record: a defect of the projector',
    action: 'Release it after the fix; every start of the projector retries it.',
  },
  INVALID_RECORD: {
    means: 'A record on `patient-events.v1` is not an event of any schema in the registry',
    action:
      'Release it once the schema is registered, or the release that wrote it is identified; drop it if it cannot be read at all.',
  },
  IDENTITY_CONFLICT: {
    means:
      'A message contradicts who the patient of its number is: another birth date, name or NHS number that no correction explains. It waits; messages that agree are applied',
    action:
      'A steward decides: the same person, another person, or a wrong message. Releasing held events does not apply it.',
  },
} as const satisfies Record<string, { means: string; action: string }>

export type HoldCode = keyof typeof holdCodes

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
} as const satisfies Record<string, { means: string; action: string }>

export type HoldCode = keyof typeof holdCodes

/**
 * Why events are held: the closed list of what a message can be parked with at stage PROJECT, and
 * what a person can do about it.
 */
export const holdCodes = {
  UNEXPECTED: {
    means: 'An event could not be applied to the record: a defect of the projector',
    action: 'Release it after the fix; every start of the projector tries it again by itself.',
  },
  INVALID_RECORD: {
    means: 'A record on `patient-events.v1` is no event of a schema the registry knows',
    action:
      'Release it once the schema is registered or the release that wrote it is known; if nobody can read it, drop it.',
  },
} as const satisfies Record<string, { means: string; action: string }>

export type HoldCode = keyof typeof holdCodes

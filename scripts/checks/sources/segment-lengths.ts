/**
 * Number of fields of the segments that Tideway reads.
 *
 * @see HL7 v2.8, the attribute tables of chapters 2, 3, 4, 6, 7, 8, 9, 10, 11, 12 and 13
 */
export const segmentLengths: Readonly<Record<string, number>> = {
  ACC: 13,
  AIG: 14,
  AIL: 12,
  AIP: 12,
  AIS: 12,
  AL1: 5,
  ARV: 6,
  CDO: 4,
  CON: 25,
  CTD: 7,
  DB1: 8,
  DG1: 26,
  EVN: 7,
  FT1: 43,
  GOL: 22,
  GT1: 57,
  IAM: 30,
  IAR: 4,
  IN1: 55,
  IN2: 72,
  IPC: 9,
  MRG: 7,
  MSH: 25,
  NK1: 41,
  NTE: 8,
  OBR: 54,
  OBX: 28,
  ODS: 4,
  ORC: 34,
  PD1: 22,
  PDA: 9,
  PID: 40,
  PR1: 25,
  PRB: 28,
  PRT: 15,
  PTH: 7,
  PV1: 54,
  PV2: 50,
  RF1: 25,
  RGS: 3,
  ROL: 14,
  RXA: 29,
  RXC: 11,
  RXD: 35,
  RXE: 45,
  RXG: 33,
  RXO: 36,
  RXR: 6,
  SAC: 44,
  SCH: 27,
  SPM: 32,
  TQ1: 14,
  TQ2: 10,
  TXA: 26,
  VAR: 6,
}

/** Why `SEG-n` (or `SEG-n.m`) is not a field of the standard, with what is; null if it is one. */
export const placeProblem = (place: string): string | null => {
  const [, name = '', digits = ''] = /^([A-Z][A-Z0-9]{2})-(\d+)/.exec(place) ?? []
  const last = segmentLengths[name]
  if (name === '' || name.startsWith('Z')) return null
  if (last === undefined)
    return `${name} is not a segment that is read: ${Object.keys(segmentLengths).join(', ')}`
  const field = Number(digits)
  return field >= 1 && field <= last
    ? null
    : `${place} does not exist: ${name} has fields 1 to ${last}`
}

import { given, pv1 } from '../normalise/normalise.fixture.ts'

export const one = 'PID|1||1^^^X99^MR||FIRST^A||20190412|F\r'
export const nobody = 'PID|2||||SECOND^B||20180203|M\r'
export const two = 'PID|2||2^^^X99^MR||SECOND^B||20180203|M\r'
export const leftOut = { code: 'USED_IN_PART', place: 'PID[2]-3' }

/** Segments of a type, with marks by which the test tells whose they are. */
const below: Record<string, (mark: string) => string> = {
  'ORU^R01': (mark) => `OBR|1||${mark}|UE\rOBX|1|NM|K||4|${mark}\r`,
  'OUL^R21': (mark) => `OBR|1||${mark}|UE\rOBX|1|NM|K||4|${mark}\r`,
  'OUL^R22': (mark) => `SPM|1|${mark}||BLD\rOBR|1||${mark}|UE\rOBX|1|NM|K||4|${mark}\r`,
  'OUL^R23': (mark) => `SPM|1|${mark}||BLD\rSAC|||${mark}\rOBR|1||${mark}|UE\rOBX|1|NM|K||4\r`,
  'OUL^R24': (mark) => `OBR|1||${mark}|UE\rSPM|1|${mark}||BLD\rOBX|1|NM|K||4|${mark}\r`,
  'ORM^O01': (mark) => `ORC|NW|${mark}\rOBR|1|${mark}||UE\r`,
  'OML^O21': (mark) => `ORC|NW|${mark}\rOBR|1|${mark}||UE\r`,
  'OML^O33': (mark) => `SPM|1|${mark}||BLD\rORC|NW|${mark}\rOBR|1|${mark}||UE\r`,
  'RDE^O11': (mark) => `ORC|NW|${mark}\rRXE||AMX^Amoxicillin|1||${mark}\r`,
  'RDS^O13': (mark) => `ORC|RE|${mark}\rRXD|1|AMX^Amoxicillin|20260701|1|${mark}\r`,
  'ORR^O02': (mark) => `ORC|OK|${mark}\r`,
  'VXU^V04': (mark) => `ORC|RE||${mark}\rRXA|0|1|20260701||08^HepB^CVX|1|${mark}\r`,
  'MDM^T02': (mark) => `TXA|1|DS|TX|||||||||${mark}\rOBX|1|TX|N||${mark}\r`,
  'PPR^PC1': (mark) => `PRB|AD|20260701|J45^Asthma|${mark}\r`,
  'ADT^A08': (mark) => `${pv1.replace('V1', mark)}AL1|1|DA|PEN^${mark}\r`,
  'ADT^A60': (mark) => `IAM|1|DA|PEN^${mark}||||${mark}\r`,
  'BAR^P01': (mark) => `DG1|1||J45^${mark}^I10||20260701|F\r`,
  'DFT^P03': (mark) => `DG1|1||J45^${mark}^I10||20260701|F\r`,
}
export const types = Object.keys(below)
export const part = (type: string, mark: string) => (below[type] as (mark: string) => string)(mark)
export const marksIn = (content: string, mark: string) =>
  JSON.stringify(given(content).events).includes(mark)

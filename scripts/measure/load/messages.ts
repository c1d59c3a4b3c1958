import { type LoadPatient, wards } from './patients.ts'

export type Sender = {
  /** MSH-4, and the assigning authority of the hospital number. */
  facility: string
  /** MSH-3 of admissions and of results. */
  admissions: string
  results: string
}

const tests = [
  ['WBC', 'White cell count', '10*9/L', '4.0-11.0', 4, 11],
  ['RBC', 'Red cell count', '10*12/L', '3.80-5.80', 3, 6],
  ['HB', 'Haemoglobin', 'g/L', '115-165', 90, 170],
  ['HCT', 'Haematocrit', 'L/L', '0.370-0.470', 0.3, 0.5],
  ['MCV', 'Mean cell volume', 'fL', '80-100', 78, 104],
  ['PLT', 'Platelets', '10*9/L', '150-450', 100, 480],
  ['NEUT', 'Neutrophils', '10*9/L', '2.0-7.5', 2, 8],
  ['LYMPH', 'Lymphocytes', '10*9/L', '1.0-4.0', 1, 4],
] as const

/** 14 ADT and 6 ORU messages (70 to 30) in a plausible order for a stay. */
const stay = [
  'A01',
  'A08',
  'R01',
  'A02',
  'A08',
  'R01',
  'A08',
  'A02',
  'R01',
  'A08',
  'A08',
  'R01',
  'A02',
  'A08',
  'R01',
  'A08',
  'A02',
  'R01',
  'A08',
  'A03',
] as const
type Trigger = (typeof stay)[number]

let second = -1
let text = ''
/** YYYYMMDDHHMMSS+0000; made once a second. */
const hl7Now = (): string => {
  const now = Math.floor(Date.now() / 1000)
  if (now !== second) {
    second = now
    text = `${new Date(now * 1000).toISOString().replace(/[-:T]/g, '').slice(0, 14)}+0000`
  }
  return text
}

const msh = (sender: Sender, type: string, structure: string, controlId: string, now: string) =>
  `MSH|^~\\&|${type === 'ORU^R01' ? sender.results : sender.admissions}|${sender.facility}|TIDEWAY|ICS|${now}||${type}^${structure}|${controlId}|P|2.4|||||GBR|UNICODE UTF-8\r`

const pid = (patient: LoadPatient, sender: Sender) =>
  `PID|1||${patient.mrn}^^^${sender.facility}^MR~${patient.nhsNumber}^^^NHS^NH||${patient.family}^${patient.given}^^^^^L||${patient.birthDate}|${patient.sex}|||1 HIGH STREET^^LONDON^^SE1 1AA^GBR^H||02079460000^PRN^PH~07700900123^PRN^CP||ENG|M||||||A||||||GBR||N||01\rPD1|||THE MADE UP PRACTICE^^B86011|G9999981^TEST^GP^^^DR\r`

const pv1 = (patient: LoadPatient, sender: Sender, tail: string) =>
  `PV1|1|I|${wards[patient.ward]}^BAY 2^${patient.bed}^${sender.facility}^^BED^MAIN|28|||C9999998^CONSULTANT^ALEX^^^DR^^^GMC|C9999998^CONSULTANT^ALEX^^^DR^^^GMC||300|||1|19|||C9999998^CONSULTANT^ALEX^^^DR|INPATIENT|V${patient.mrn}-${patient.visit}^^^${sender.facility}^VN|01|||||||||||||||||||||||||${tail}\r`

const admissionTail: Record<string, (now: string) => string> = {
  A01: (now) => now,
  A03: (now) => `|${now}`,
}

const admission = (
  patient: LoadPatient,
  sender: Sender,
  trigger: Trigger,
  controlId: string,
  now: string,
) =>
  msh(sender, `ADT^${trigger}`, trigger === 'A08' ? 'ADT_A01' : `ADT_${trigger}`, controlId, now) +
  `EVN|${trigger}|${now}|||U123^CLERK^WARD|${now}\r` +
  pid(patient, sender) +
  pv1(patient, sender, admissionTail[trigger]?.(now) ?? '')

const result = (
  patient: LoadPatient,
  sender: Sender,
  controlId: string,
  now: string,
  random: () => number,
) => {
  const order = `${patient.mrn}-${patient.step}`
  const observations = tests.map(
    ([code, name, unit, range, low, high], index) =>
      `OBX|${index + 1}|NM|${code}^${name}^LOCAL||${(low + random() * (high - low)).toFixed(2)}|${unit}|${range}|N|||F|||${now}||LAB1\r`,
  )
  return (
    msh(sender, 'ORU^R01', 'ORU_R01', controlId, now) +
    pid(patient, sender) +
    pv1(patient, sender, '') +
    `ORC|RE|${order}^OCS|${order}^LIMS||CM||||${now}|||C9999998^CONSULTANT^ALEX^^^DR\rOBR|1|${order}^OCS|${order}^LIMS|FBC^Full blood count^LOCAL^26604007^Complete blood count^SCT|||${now}||||||||BLD^Blood|C9999998^CONSULTANT^ALEX^^^DR||||||${now}||HAEM|F\r` +
    observations.join('')
  )
}

/** The next message of this patient; advances the patient's step and location. */
export const nextMessage = (
  patient: LoadPatient,
  sender: Sender,
  controlId: string,
  random: () => number,
): { type: string; bytes: Buffer } => {
  const trigger = stay[patient.step % stay.length] as Trigger
  const now = hl7Now()
  if (trigger === 'A02') patient.ward = (patient.ward + 1) % wards.length
  const body =
    trigger === 'R01'
      ? result(patient, sender, controlId, now, random)
      : admission(patient, sender, trigger, controlId, now)
  patient.step++
  if (trigger === 'A03') patient.visit++
  return { type: trigger === 'R01' ? 'ORU^R01' : `ADT^${trigger}`, bytes: Buffer.from(body) }
}

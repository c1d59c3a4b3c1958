/** Invented messages of King's. Nobody in them has an NHS number, so that no record is combined. */
const ods = 'RJZ'

/** A patient as sent: `mrn` is PID-3.1 with its escape sequences. */
export type Invented = { mrn: string; family: string }

const joined = (...segments: string[]): Buffer => Buffer.from(`${segments.join('\r')}\r`)

/** YYYYMMDDHHMMSS, UTC. */
const hl7Time = (at: number): string =>
  new Date(at).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)

export const header = (type: string, controlId: string, facility = ods): string =>
  `MSH|^~\\&|ATTACK|${facility}|TIDEWAY|ICS|${hl7Time(Date.now())}+0000||${type}|${controlId}|P|2.4`

const pid = ({ mrn, family }: Invented, authority = ods): string =>
  `PID|1||${mrn}^^^${authority}^MR||${family}^INVENTED||19700101|F`

/** ADT^A28. @param sender MSH-4. @param authority assigning authority of the number */
export const registration = (
  patient: Invented,
  controlId: string,
  { sender = ods, authority = ods } = {},
): Buffer => joined(header('ADT^A28', controlId, sender), pid(patient, authority))

/** ADT^A40. @param mergedMrn  the number that is merged into the patient's */
export const merge = (patient: Invented, mergedMrn: string, controlId: string): Buffer =>
  joined(header('ADT^A40', controlId), pid(patient), `MRG|${mergedMrn}^^^${ods}^MR`)

/** ADT^A40 that does not say which number is merged: it is parked. */
export const mergeOfNothing = (patient: Invented, controlId: string): Buffer =>
  joined(header('ADT^A40', controlId), pid(patient))

/** ADT^A01 whose visit has no number: only what it says of the person can be used. */
export const admissionWithoutVisit = (patient: Invented, controlId: string): Buffer =>
  joined(header('ADT^A01', controlId), pid(patient), 'PV1|1|I|W1')

const observed = (set: number, code: string, value: string, at: number): string =>
  `OBX|${set}|NM|${code}^Heart rate^LOCAL||${value}|/min^^UCUM||N|||F|||${hl7Time(at)}+0000`

/** A minute apart, counted from here. */
const monitoredSince = Date.UTC(2026, 0, 1)

/**
 * ORU^R01 of a monitor that appends to one filler number.
 *
 * @param first  number of the first value, which decides when it was observed
 */
export const monitored = (
  patient: Invented,
  filler: string,
  { first, count }: { first: number; count: number },
  controlId: string,
): Buffer =>
  joined(
    header('ORU^R01', controlId),
    pid(patient),
    `OBR|1||${filler}|MON^Monitoring^LOCAL|||20260101000000+0000|||||||||||||||||F`,
    ...Array.from({ length: count }, (_, index) =>
      observed(
        index + 1,
        `HR${first + index}`,
        String(60 + ((first + index) % 60)),
        monitoredSince + (first + index) * 60_000,
      ),
    ),
  )

/** ORU^R01 of 600 KB and more: 600 results with a text of 1 KB each. */
export const largeReport = (patient: Invented, controlId: string): Buffer =>
  joined(
    header('ORU^R01', controlId),
    pid(patient),
    `OBR|1||${controlId}|TXT^Text^LOCAL|||20260101000000+0000|||||||||||||||||F`,
    ...Array.from(
      { length: 600 },
      (_, index) => `OBX|${index + 1}|TX|T${index}^Line^LOCAL||${'x'.repeat(1_000)}||||||F`,
    ),
  )

/** The start of a frame of a known sender, without an end. */
export const halfFrame = (controlId: string, bytes: number): Buffer =>
  Buffer.from(`\x0b${header('ADT^A28', controlId)}\rPID|1||`.padEnd(bytes, 'x'))

import type { Segment } from '@tideway/hl7v2/lexer/message'
import { isQuotedHeader, type Unread } from '@tideway/hl7v2/lexer/unread-content'

/**
 * What says nothing about the patient's health or care: whole segments, or fields of one. Anything
 * that is not here is clinical content, an unknown segment and a line that is none included.
 */
const administrative: Readonly<Record<string, 'all' | string>> = {
  // Envelope and protocol.
  ...all('MSH SFT UAC EVN FHS FTS BHS BTS MSA ERR ERQ QRD QRF QRI QAK QPD RCP URD URS SID MCP'),
  ...all('MFI MFE MFA NCK NSC NST NDS EQU EQP ECD ECR ISD CNS TCC INV LOC LCC LCH LDP LRL CDM'),
  // Insurance, money and staff.
  ...all('IN1 IN2 IN3 GT1 UB1 UB2 BLG DRG GP1 GP2 ABS RMI PYE ADJ IVC IPR PMT PSG PSL PSS PKG'),
  ...all('STF PRA ORG EDU LAN CER AFF PRC'),
  FT1: '1-18 20-24 26-99',
  // Who the patient is, and whom to call: how it reads is in the demographics.
  ...all('NK1 MRG'),
  PID: '1-6 9-28 31-34 36-40',
  PD1: '1-5 9-14 16-22',
  // Numbers and who assigned them, set ids, telephones, addresses and charges.
  PV1: '1 5 16 18-35 41 46-51 53-55',
  PV2: '5-7 16 17 19-21 28 30-32 34 35',
  ORC: '2-4 8 10 14 17 18 20-24 26 30 32 33',
  OBR: '1-3 17 23 29 40-42 48 49 53 54',
  OBX: '1 4 21',
  SPM: '1-3 30-32',
  SAC: '1-4',
  IPC: '1-4',
  DG1: '1 7-14 19 20',
  PR1: '1 17 19 25',
  IAM: '1 7',
  PRB: '2 4',
  RF1: '6 11',
  ACC: '13',
  ROL: '1',
  PRT: '1',
  TXA: '1 11-16 20',
  SCH: '1 2 13-15 17-24 26 27',
  RGS: '1 2',
}

/** Codes of messages about something else than the visit, which repeat it second-hand. */
const secondHand: ReadonlySet<string> = new Set(['ORU', 'OUL', 'PPR'])

/** What its own system says of a visit: class, places, doctors, times. */
const ofVisit = '2-4 6-11 13 14 17 42-45 52'

function all(names: string): Record<string, 'all'> {
  return Object.fromEntries(names.split(' ').map((name) => [name, 'all' as const]))
}

const numbersIn = (ranges: string): ReadonlySet<number> =>
  new Set(
    ranges.split(' ').flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number)
      return Array.from({ length: last - first + 1 }, (_, n) => first + n)
    }),
  )

const byName: ReadonlyMap<string, 'all' | ReadonlySet<number>> = new Map(
  Object.entries(administrative).map(([name, fields]) => [
    name,
    fields === 'all' ? fields : numbersIn(fields),
  ]),
)
const visitFields = numbersIn(ofVisit)

/** Whether a field holds clinical content. */
const isClinicalField = (segment: Segment, field: number, messageCode: string | null): boolean => {
  const { name } = segment
  const fields = byName.get(name)
  if (fields === undefined || isQuotedHeader(segment)) return true
  if (fields === 'all') return false
  if (name === 'PV1' && secondHand.has(messageCode ?? '') && visitFields.has(field)) return false
  return !fields.has(field)
}

/**
 * Whether a part of a field only names the application that embedded data comes from: ED-1 before
 * data in ED-5, or RP-2.
 */
const isSourceApplication = ({ segment, field, part }: Unread): boolean => {
  if (segment.name !== 'OBX' || field !== 5) return false
  const [type, sent = ''] = [segment.fields[2], segment.fields[5]]
  if (type === 'RP') return part === '5.2'
  const data = sent.split(segment.message.delimiters.component)[4] ?? ''
  return type === 'ED' && part === '5.1' && data !== '' && data !== '""'
}

/**
 * Whether content that no event says is clinical.
 *
 * @param messageCode  MSH-9.1
 */
export const isClinical = (unread: Unread, messageCode: string | null): boolean =>
  isClinicalField(unread.segment, unread.field, messageCode) && !isSourceApplication(unread)

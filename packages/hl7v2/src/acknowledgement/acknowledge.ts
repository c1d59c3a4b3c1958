import { conditions, type Custody, outcomes } from '@tideway/hl7-ingest/acknowledge/outcomes'
import type { ErrorCode } from '@tideway/hl7-ingest/errors'
import type { Header } from '../lexer/header.ts'

/** MSA-1. HL7 table 0008. */
export type AnswerCode = 'AA' | 'AE' | 'AR' | 'CA' | 'CE' | 'CR'

/** What was wrong, and where in the message. */
export type Fault = { code: ErrorCode; place: string | null }

const acceptCodes = { AA: 'CA', AE: 'CE', AR: 'CR' } as const
const askable = new Set(['AL', 'NE', 'ER', 'SU'])

/** HL7 table 0155. */
const isAsked = (condition: string | null, positive: boolean): boolean =>
  condition === 'AL' || (condition === 'ER' && !positive) || (condition === 'SU' && positive)

/**
 * Which MSA-1 the sender asked for, if any.
 *
 * Original mode when MSH-15 and MSH-16 are both empty (or say nothing that table 0155 has): always
 * one answer, AA, AE or AR. Enhanced mode otherwise: one answer at most, because a second one on
 * the same connection is easily read as the answer to the next message. Custody is all that either
 * acknowledgement could tell here, so the accept acknowledgement (CA, CE, CR) goes if MSH-15 asks
 * for it, else the application acknowledgement (AA, AE, AR) if MSH-16 does, else nothing is sent.
 *
 * @see HL7 v2.5.1 chapter 2.9.2
 */
export const answerCode = (header: Header | null, custody: Custody): AnswerCode | null => {
  const accept = header?.acceptAcknowledgement ?? ''
  const application = header?.applicationAcknowledgement ?? ''
  if (!askable.has(accept) && !askable.has(application)) return custody
  if (isAsked(accept, custody === 'AA')) return acceptCodes[custody]
  return isAsked(application, custody === 'AA') ? custody : null
}

const usual = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' }
const numberOf = (version: string): number => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  return major * 10_000 + minor * 100 + patch
}

/** UTC, as DTM: `20260701081500.250+0000`. */
export const timestamp = (micros: number): string => {
  const iso = new Date(micros / 1000).toISOString()
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 23)}+0000`
}

/** Ours are unique as receive times are: MSH-10 of an answer. */
export const answerId = (receivedAt: number): string => `T${receivedAt.toString(36).toUpperCase()}`

const placePattern = /^([A-Z][A-Z0-9]{2})(?:\[(\d+)\])?(?:-(\d+))?/

/**
 * ERR says segment and field. Up to 2.4 ERR-1 holds place and code; from 2.5 they are ERR-2, ERR-3
 * and ERR-4, which an older receiver skips, so they are always sent.
 *
 * @see HL7 v2.4 chapter 2.16.4, v2.5.1 chapter 2.15.5
 */
const errSegment = (
  { code, place }: Fault,
  version: number,
  { field, component, subcomponent }: typeof usual,
): string => {
  const { condition } = outcomes[code]
  const [, segment = '', nth = '1', number = ''] = placePattern.exec(place ?? '') ?? []
  const at =
    segment === '' ? '' : withoutTrailing([segment, nth, number].join(component), component)
  const words = [condition, conditions[condition] ?? '', 'HL70357']
  const old = [
    ...(segment === '' ? ['', '', ''] : [segment, nth, number]),
    subcomponent === '' ? condition : words.join(subcomponent),
  ].join(component)
  return ['ERR', version < 20_500 ? old : '', at, words.join(component || ' '), 'E'].join(field)
}

/**
 * Only what cannot hold a separator or a value of somebody's is repeated from the message; the rest
 * goes back as sent.
 */
const safe = (text: string | null, pattern: RegExp, otherwise: string): string =>
  text !== null && pattern.test(text) ? text : otherwise

const messageType = (trigger: string, version: number, component: string): string => {
  if (component === '' || trigger === '' || version < 20_300) return 'ACK'
  return version < 20_301 ? `ACK${component}${trigger}` : `ACK${component}${trigger}${component}ACK`
}

/** What is answered where there was no header to read. */
const noHeader = {
  delimiters: usual,
  encodingCharacters: '^~\\&',
  sent: {
    sendingApplication: '',
    sendingFacility: '',
    receivingApplication: '',
    receivingFacility: '',
  },
  trigger: null,
  controlIdAsSent: '',
  processingId: null,
  version: null,
  characterSetAsSent: '',
  characterSet: 'utf-8',
} satisfies Partial<Header>

/**
 * The answer to a message, without its frame: sender and receiver exchanged, separators, version,
 * processing id and character set as the message's, MSA-2 its MSH-10 as sent. A sender of UTF-16 is
 * answered in UTF-8, and MSH-18 says so.
 *
 * @param header      null if there was none to read: the answer is then a minimal one
 * @param receivedAt  microseconds since 1970 UTC
 * @param code        from `answerCode`
 * @param fault       null if there is nothing that the sender is to hear of
 * @see HL7 v2.5.1 chapter 2.14.1, general acknowledgement
 */
export const acknowledge = (
  header: Header | null,
  receivedAt: number,
  code: AnswerCode,
  fault: Fault | null,
): Buffer => {
  const { characterSet } = header ?? noHeader
  const isUnicode = characterSet.startsWith('utf-16') || characterSet === 'utf-8'
  return Buffer.from(
    `${acknowledgement(header, receivedAt, code, fault).join('\r')}\r`,
    isUnicode ? 'utf8' : 'latin1',
  )
}

/** The segments of that answer: MSH, MSA, and ERR if there is a fault. */
export const acknowledgement = (
  header: Header | null,
  receivedAt: number,
  code: AnswerCode,
  fault: Fault | null,
): string[] => {
  const to = header ?? noHeader
  const { field, component } = to.delimiters
  const version = safe(to.version, /^[0-9]+(\.[0-9]+)*$/, '2.4')
  const msh = [
    'MSH',
    to.encodingCharacters,
    to.sent.receivingApplication,
    to.sent.receivingFacility,
    to.sent.sendingApplication,
    to.sent.sendingFacility,
    timestamp(receivedAt),
    '',
    messageType(safe(to.trigger, /^[A-Z0-9]{1,3}$/, ''), numberOf(version), component),
    answerId(receivedAt),
    safe(to.processingId, /^[A-Za-z]$/, 'P'),
    version,
    '',
    '',
    '',
    '',
    '',
    to.characterSet.startsWith('utf-16') ? 'UNICODE UTF-8' : to.characterSetAsSent,
  ]
  const msa = ['MSA', code, to.controlIdAsSent, fault?.code ?? '']
  const segments = [msh.join(field), msa.join(field)].map((segment) =>
    withoutTrailing(segment, field),
  )
  return fault === null
    ? segments
    : [...segments, errSegment(fault, numberOf(version), to.delimiters)]
}

const withoutTrailing = (segment: string, field: string): string => {
  let end = segment.length
  while (segment[end - 1] === field) end -= 1
  return segment.slice(0, end)
}

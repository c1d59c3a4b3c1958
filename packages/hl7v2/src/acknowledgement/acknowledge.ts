import { usualDelimiters, usualEncodingCharacters } from '../lexer/delimiters.ts'
import type { Header } from '../lexer/header.ts'
import type { AnswerCode } from './answer-code.ts'
import { type AckFault, errSegment, withoutTrailing } from './err-segment.ts'

const numberOf = (version: string): number => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  return major * 10_000 + minor * 100 + patch
}

/** UTC, as DTM: `20260701081500.250+0000`. */
export const timestamp = (micros: number): string => {
  const iso = new Date(micros / 1000).toISOString()
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 23)}+0000`
}

/** MSH-10 of an answer, made from the receive time in microseconds, which is unique. */
export const answerId = (receivedAt: number): string => `T${receivedAt.toString(36).toUpperCase()}`

/**
 * A value of the message, if it matches a pattern that allows no separator and no clinical value.
 */
const safe = (text: string | null, pattern: RegExp, otherwise: string): string =>
  text !== null && pattern.test(text) ? text : otherwise

const messageType = (trigger: string, version: number, component: string): string => {
  if (component === '' || trigger === '' || version < 20_300) return 'ACK'
  return version < 20_301 ? `ACK${component}${trigger}` : `ACK${component}${trigger}${component}ACK`
}

/** Used if no header could be read. */
const noHeader = {
  delimiters: usualDelimiters,
  encodingCharacters: usualEncodingCharacters,
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
 * The answer to a message, without its frame. Sender and receiver are exchanged; separators,
 * version, processing id and character set are the message's; MSA-2 is its MSH-10 as sent. UTF-16
 * is answered in UTF-8, declared in MSH-18.
 *
 * @param header      null if none could be read; the answer is then minimal
 * @param receivedAt  microseconds since 1970 UTC
 * @param code        MSA-1, from `answerCode`
 * @param fault       null for a positive answer
 * @see HL7 v2.5.1 chapter 2.14.1, general acknowledgement
 */
export const acknowledge = (
  header: Header | null,
  receivedAt: number,
  code: AnswerCode,
  fault: AckFault | null,
): Buffer => {
  const { characterSet } = header ?? noHeader
  const isUnicode = characterSet.startsWith('utf-16') || characterSet === 'utf-8'
  return Buffer.from(
    `${acknowledgement(header, receivedAt, code, fault).join('\r')}\r`,
    isUnicode ? 'utf8' : 'latin1',
  )
}

/** Segments of the answer: MSH, MSA, and ERR if there is a fault. */
export const acknowledgement = (
  header: Header | null,
  receivedAt: number,
  code: AnswerCode,
  fault: AckFault | null,
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

import { acknowledge, acknowledgement } from './acknowledge.ts'
import type { AnswerCode } from './answer-code.ts'
import type { AckFault } from './err-segment.ts'
import type { Header } from '../lexer/header.ts'
import { isXml } from '../xml/is-xml.ts'
import { writeXml } from './write-xml.ts'

/**
 * The answer in the encoding of the message, delimiters or XML; see `acknowledge`. XML is always
 * answered in UTF-8.
 *
 * @param bytes  the message
 */
export const answerTo = (
  bytes: Buffer,
  header: Header | null,
  receivedAt: number,
  code: AnswerCode,
  fault: AckFault | null,
): Buffer =>
  isXml(bytes)
    ? Buffer.from(writeXml(acknowledgement(header, receivedAt, code, fault)))
    : acknowledge(header, receivedAt, code, fault)

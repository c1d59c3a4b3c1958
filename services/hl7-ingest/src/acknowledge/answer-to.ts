import { acknowledge, acknowledgement, type AnswerCode, type Fault } from './ack.ts'
import type { Header } from '@tideway/hl7v2/lexer/header'
import { isXml } from '@tideway/hl7v2/xml/is-xml'
import { writeAnswer } from '@tideway/hl7v2/xml/write-answer'

/**
 * The answer in the encoding of what is answered, pipes or XML; see `acknowledge`. An XML answer is
 * UTF-8, whatever came.
 */
export const answerTo = (
  bytes: Buffer,
  header: Header | null,
  receivedAt: number,
  code: AnswerCode,
  fault: Fault | null,
): Buffer =>
  isXml(bytes)
    ? Buffer.from(writeAnswer(acknowledgement(header, receivedAt, code, fault)))
    : acknowledge(header, receivedAt, code, fault)

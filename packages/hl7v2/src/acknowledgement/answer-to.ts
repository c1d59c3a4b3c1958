import { acknowledge, acknowledgement, type AnswerCode, type Fault } from './acknowledge.ts'
import type { Header } from '../lexer/header.ts'
import { isXml } from '../xml/is-xml.ts'
import { writeAnswer } from './write-xml.ts'

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

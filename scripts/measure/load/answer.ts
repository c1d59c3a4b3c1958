import { asPipes } from '../../operate/client/as-pipes.ts'

/**
 * The acknowledgement of one message: MSA, and the first ERR after it, with `^` in its location
 * whatever the separator.
 */
export type AckAnswer = {
  code: string
  controlId: string
  error: string | null
  place: string | null
}

const orNull = (value: string | undefined): string | null =>
  value === undefined || value === '' ? null : value

/**
 * Reads every MSA of an acknowledgement, with pipes or in XML; a batch acknowledgement gives one
 * answer for each message.
 *
 * @see HL7 v2.5.1 chapter 2, MSA and ERR
 */
export const readAnswers = (payload: Buffer): AckAnswer[] => {
  const text = asPipes(payload)
  const [, separator = '|', component = '^'] = /(?:MSH|BHS|FHS)(.)(.)?/.exec(text) ?? []
  const answers: AckAnswer[] = []
  for (const segment of text.split(/\r\n?|\n/)) {
    const fields = segment.split(separator)
    const last = answers.at(-1)
    if (fields[0] === 'MSA')
      answers.push({ code: fields[1] ?? '', controlId: fields[2] ?? '', error: null, place: null })
    else if (fields[0] === 'ERR' && last !== undefined && last.error === null) {
      last.error = orNull(fields[3]?.split(component)[0])
      last.place = orNull(fields[2]?.replaceAll(component, '^'))
    }
  }
  return answers
}

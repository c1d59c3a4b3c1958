/** A question asked at order entry and its answer, as one line of a note has them. */
export type QuestionAnswer = { question: string; answer: string }

/** Characters; longer text is a sentence. */
const longestQuestion = 80
const longestAnswer = 40

/** `=`, not as part of `>=`; or `:` after a question mark. */
const sign = /(?<![<>=!])=(?!=)|(?<=\?\s*):/

/** `:`, not as in a time, a ratio or an address. */
const colon = /(?<=[\p{L})]\s*):(?=\s|\p{L})/u

const split = (line: string, at: RegExp): QuestionAnswer | null => {
  const found = at.exec(line)
  if (found === null) return null
  const question = line.slice(0, found.index).trim()
  const answer = line.slice(found.index + 1).trim()
  const isQuestion =
    question.length <= longestQuestion && /\p{L}/u.test(question) && !/[.;]\s/.test(question)
  return isQuestion && answer !== '' ? { question, answer } : null
}

/** After a mere colon only a short answer is one, and no sentence: `Fasting: Yes`. */
const afterColon = (line: string): QuestionAnswer | null => {
  const pair = split(line, colon)
  return pair === null || pair.answer.length > longestAnswer || pair.answer.endsWith('.')
    ? null
    : pair
}

const pairIn = (line: string): QuestionAnswer | null => split(line, sign) ?? afterColon(line)

/**
 * Questions with answers in a note, one a line: `Pregnant=No`, `Fasting? : Yes`. Anything else is
 * text alone.
 */
export const questionsIn = (note: string): QuestionAnswer[] =>
  note
    .split('\n')
    .map(pairIn)
    .filter((pair) => pair !== null)

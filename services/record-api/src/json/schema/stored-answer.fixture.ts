import type { TSchema } from 'typebox'
import { storedIds } from '../../chart/stored-ids.fixture.ts'
import { answerOf as publicAnswerOf, type Presented } from './answer.ts'

/** Answers with the ids of the store, for tests that compare these. */
export const answerOf = <T>(schema: TSchema): ((presented: Presented<T>) => T) => {
  const answer = publicAnswerOf<T>(schema)
  return (presented) => answer(presented, storedIds.seal)
}

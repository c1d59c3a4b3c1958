import type { StoredPerson } from '@tideway/schemas/documents/identity'
import type { Static } from 'typebox'
import { writeItemCursor } from '../identity/item-cursor.ts'
import type { DecisionResult, ItemReading } from '../identity/stewardship.ts'
import { answerOf, type SealId } from '../json/schema/answer.ts'
import { DecisionAnswer, PersonAnswer, WorkItems } from '../json/stewardship/answers.ts'
import { decisionAnswerOf, personAnswerOf, workItemsOf } from '../json/stewardship/present.ts'

const person = answerOf<Static<typeof PersonAnswer>>(PersonAnswer)
const decision = answerOf<Static<typeof DecisionAnswer>>(DecisionAnswer)
const items = answerOf<Static<typeof WorkItems>>(WorkItems)

export const readPerson = (found: StoredPerson, sealId: SealId) =>
  person(personAnswerOf(found), sealId)

export const readDecision = (decided: DecisionResult, sealId: SealId) =>
  decision(decisionAnswerOf(decided), sealId)

export const readWorkItems = (
  { items: found, more }: { items: readonly ItemReading[]; more: boolean },
  sealId: SealId,
) => {
  const last = more ? found.at(-1)?.item : undefined
  const cursor =
    last === undefined ? null : writeItemCursor({ since: last.since, _id: sealId(last._id) })
  return items(workItemsOf(found, cursor), sealId)
}

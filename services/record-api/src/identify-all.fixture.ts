import { considerer } from '@tideway/identity-service/consume/consider'
import { candidateReader } from '@tideway/identity-service/match/candidates'
import { headReader } from '@tideway/identity-service/store/heads-store'
import { identityStore } from '@tideway/identity-service/store/store'
import type { Collections } from '@tideway/mongo/collections'

const nothing = () => undefined

/** Makes the persons of the patients in a store, as the identity service does when it starts. */
export const identifyAll = async (collections: Collections): Promise<void> => {
  const store = identityStore(collections)
  const { heads, keysAfter } = headReader(collections)
  const consider = considerer({
    ...{ store, heads, candidates: candidateReader(store, nothing), now: Date.now },
    publish: async () => undefined,
    ...{ onLostRace: nothing, onChanged: nothing, onEvaluated: nothing },
  })
  await consider.patients(await keysAfter(null, 1_000))
}

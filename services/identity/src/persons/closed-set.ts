import type { KnownPatient } from '../store/identities-store.ts'
import type { IdentityStore } from '../store/store.ts'

/** More are not one person, but a fault: what is there then stays as it is. */
const mostTogether = 20_000

export class TooManyLinkedError extends Error {
  override readonly name = 'TooManyLinkedError'
}

type ClosingStore = Pick<IdentityStore, 'load' | 'mentioning' | 'personsWith'>

/**
 * Everybody that any of these patients is connected with: by automatic edges, by what facts name in
 * either direction, and by the person that they are members of now.
 *
 * @throws TooManyLinkedError
 */
export const closedSetOf = async (
  keys: readonly string[],
  store: ClosingStore,
): Promise<Map<string, KnownPatient>> => {
  const known = new Map<string, KnownPatient>()
  const seen = new Set<string>()
  let next = [...new Set(keys)]
  while (next.length > 0) {
    for (const key of next) seen.add(key)
    if (seen.size > mostTogether + keys.length) throw new TooManyLinkedError('too many are linked')
    const [loaded, naming, persons] = await Promise.all([
      store.load(next),
      store.mentioning(next),
      store.personsWith(next),
    ])
    for (const [key, one] of loaded) known.set(key, one)
    const connected = [...loaded.values()].flatMap(({ edges, mentions }) => [
      ...edges.filter(({ how }) => how === 'auto').map(({ to }) => to),
      ...mentions,
    ])
    const members = persons.flatMap((person) => person.members.map(({ patient }) => patient))
    next = [...new Set([...connected, ...naming, ...members])].filter((key) => !seen.has(key))
  }
  return known
}

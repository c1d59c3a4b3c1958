import type { HomeAddress, PreparedTraits } from './prepare.ts'
import { isOneSlip } from './similarity.ts'

/** How far the addresses of two records agree; the nearest of several counts. */
export type AddressLevel = 'same' | 'postcode' | 'district' | 'missing' | 'different'

const order: readonly AddressLevel[] = ['same', 'postcode', 'district', 'different']

export const compareHomes = (
  a: readonly HomeAddress[],
  b: readonly HomeAddress[],
): AddressLevel => {
  if (a.length === 0 || b.length === 0) return 'missing'
  let best = order.length - 1
  for (const one of a)
    for (const other of b) best = Math.min(best, order.indexOf(compareHome(one, other)))
  return order[best] ?? 'different'
}

const compareHome = (a: HomeAddress, b: HomeAddress): AddressLevel => {
  if (a.postcode !== null && a.postcode === b.postcode)
    return a.house !== null && a.house === b.house ? 'same' : 'postcode'
  const sameLine = a.line !== null && a.line === b.line && /\d/.test(a.line)
  if (a.postcode === null || b.postcode === null) return sameLine ? 'postcode' : 'different'
  if (sameLine && isOneSlip(a.postcode, b.postcode)) return 'same'
  return a.postcode.slice(0, -3) === b.postcode.slice(0, -3) ? 'district' : 'different'
}

/** Whether any value is in both lists; null if one list is empty. */
export const sharesAny = (a: readonly string[], b: readonly string[]): boolean | null =>
  a.length === 0 || b.length === 0 ? null : a.some((value) => b.includes(value))

/**
 * Whether an e-mail address that both have names the person: its mailbox contains a given name.
 * A family's address is shared by brothers and sisters; this one is not.
 */
export const sharesOwnEmail = (a: PreparedTraits, b: PreparedTraits): boolean =>
  a.emails.some(
    (email) =>
      b.emails.includes(email) &&
      [...a.names, ...b.names].some(
        ({ given }) =>
          given.length >= 3 && email.slice(0, email.indexOf('@')).includes(given.toLowerCase()),
      ),
  )

import type { StoredPerson, PersonMember } from '@tideway/schemas/documents/identity'
import { decisionsKept } from '@tideway/schemas/documents/identity'
import { publicId } from '@tideway/schemas/public-id'

/** A person as it should be. */
export type WantedPerson = {
  /** Key of the member heard of first. */
  founder: string
  members: PersonMember[]
  /** Ids of the stewards' decisions about its members, oldest first. */
  decisions: string[]
}

/** What is to be written: first those that only lose members, so that nobody is in two persons. */
export type PersonChanges = { losing: StoredPerson[]; gaining: StoredPerson[] }

const linkOf = ({ patient, by, rule, score }: PersonMember): string =>
  `${patient}\n${by}\n${rule}\n${score ?? ''}`

const byPatient = (a: PersonMember, b: PersonMember): number => (a.patient < b.patient ? -1 : 1)

const without = (a: readonly PersonMember[], b: readonly PersonMember[]): PersonMember[] => {
  const there = new Set(b.map(({ patient }) => patient))
  return a.filter(({ patient }) => !there.has(patient))
}

const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index])

const changed = (
  before: StoredPerson | undefined,
  id: string,
  members: PersonMember[],
  decisions: string[],
  at: Date,
  messages: readonly string[],
): StoredPerson | null => {
  const old = before?.members ?? []
  const isSame = isSameList(members.map(linkOf), old.map(linkOf))
  if (
    before === undefined ? members.length === 0 : isSame && isSameList(decisions, before.decisions)
  )
    return null
  const version = (before?.version ?? 0) + 1
  const next = { _id: id, members, version, at, decisions }
  const pending = before?.pending ?? []
  if (isSame) return pending.length === 0 ? next : { ...next, pending }
  const change = {
    version,
    at,
    linked: without(members, old),
    unlinked: without(old, members),
    members,
    decisions: decisions.filter((one) => before?.decisions.includes(one) !== true),
    messages: [...messages],
  }
  return { ...next, pending: [...pending, change] }
}

/**
 * What has to be written so that these persons are as wanted.
 *
 * @param before    every person that has, or has had, one of the patients, by `_id`
 * @param wanted    every person of a closed set of patients
 * @param messages  ids of the messages that made it be looked at
 */
export const personChanges = (
  before: ReadonlyMap<string, StoredPerson>,
  wanted: readonly WantedPerson[],
  at: Date,
  messages: readonly string[],
): PersonChanges => {
  const byId = new Map(wanted.map((person) => [publicId(person.founder), person]))
  const all = new Set([...before.keys(), ...byId.keys()])
  const losing: StoredPerson[] = []
  const gaining: StoredPerson[] = []
  for (const id of all) {
    const [old, person] = [before.get(id), byId.get(id)]
    const members = (person?.members ?? []).toSorted(byPatient)
    const decisions = (person?.decisions ?? []).slice(-decisionsKept)
    const next = changed(old, id, members, decisions, at, messages)
    if (next === null) continue
    const gains = without(next.members, old?.members ?? []).length > 0
    if (gains) gaining.push(next)
    else losing.push(next)
  }
  return { losing, gaining: gaining.toSorted((a, b) => (a._id < b._id ? -1 : 1)) }
}

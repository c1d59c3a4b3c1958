import type { NotShownFact } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { entryIdIn } from '../entries/entry.ts'
import { byVersion } from '../entries/facts.ts'
import { withNotShownBy } from '../entries/not-shown.ts'

/** Messages and places that a head holds, so that it stays small. */
const messagesKept = 2
const placesKept = 3

const shortened = (one: NotShownFact): NotShownFact =>
  one.places.length <= placesKept ? one : { ...one, places: one.places.slice(0, placesKept) }

/** Whether every message about the patient says it again: it stands in the demographics. */
const isOfDetails = ({ place, places }: NotShownFact): boolean =>
  places.every((one) => one.startsWith(place) || /^P(ID|D1)\[/.test(one))

/** What a sender leaves unread in the same places each time counts once. */
const kindOf = ({ source, places }: NotShownFact): string =>
  JSON.stringify([source, ...new Set(places.map((place) => place.replaceAll(/\[\d+\]/g, '')))])

const newestOfKind = (told: readonly NotShownFact[]): readonly NotShownFact[] => {
  if (told.length <= 1) return told
  const kinds = told.map(kindOf)
  const newest = new Map(told.map(({ message }, index) => [kinds[index], message]))
  return told.filter(({ message }, index) => newest.get(kinds[index]) === message)
}

type Standing = { kept: NotShownFact[]; isCut: boolean }

/** Without what a newer message of the same sender says again, and the newest of the rest. */
const standing = (told: readonly NotShownFact[], { details }: PatientHead): Standing => {
  const left = newestOfKind(told)
  const isSaidAgain = (one: NotShownFact): boolean => {
    const [last] = details[one.source] ?? []
    return last !== undefined && last.message !== one.message && byVersion(one, last) < 0
  }
  const [ofDetails, others] = [left.filter(isOfDetails), left.filter((one) => !isOfDetails(one))]
  const kept = [
    ...ofDetails.filter((one) => !isSaidAgain(one)),
    ...others.slice(-messagesKept),
  ].toSorted(byVersion)
  return { kept, isCut: others.length > messagesKept }
}

/**
 * The head with what a message says of the patient and no event says. What belongs to an entry is
 * there, and not here.
 *
 * @param head  with the demographics of the event
 */
export const withNotShownOfPatient = (head: PatientHead, event: PatientEvent): PatientHead => {
  if (head.notShownOfPatient === undefined && event.notShown === null) return head
  // What is of an entry changes neither what is told of the patient nor the demographics.
  if (entryIdIn(event) !== null) return head
  const { notShownOfPatient: known = [], ...rest } = head
  const { kept, isCut } = standing(withNotShownBy(known, event).map(shortened), head)
  return {
    ...rest,
    ...(kept.length === 0 ? {} : { notShownOfPatient: kept }),
    ...(isCut ? { notShownBefore: true } : {}),
  }
}

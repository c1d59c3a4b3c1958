import type { Details, PatientHead } from '@tideway/schemas/documents/head'
import type { Version } from '@tideway/schemas/documents/version'
import { newestOf } from '../entries/newest.ts'

type Contributions = PatientHead['details'][string]

/**
 * Everything one sender says of a patient now, and the version and message of its newest statement.
 */
export type Word = {
  sender: string
  version: Version
  message: string
  place: string
  fields: Partial<Details>
}

const wordOf = (sender: string, contributions: Contributions): Word[] => {
  const [newest] = contributions
  return newest === undefined
    ? []
    : [
        {
          sender,
          version: newest.version,
          message: newest.message,
          place: newest.place,
          fields: newestOf(contributions),
        },
      ]
}

/**
 * What each sender says of a patient, the owner of the number first, then the newest word first.
 */
export const wordsOf = ({ organisation, details }: PatientHead): Word[] =>
  Object.entries(details)
    .flatMap(([sender, contributions]) => wordOf(sender, contributions))
    .toSorted(
      (a, b) =>
        Number(b.sender === organisation) - Number(a.sender === organisation) ||
        (a.version < b.version ? 1 : -1),
    )

/**
 * What holds of a patient, field by field: the owner's own word, even that there is nothing; else
 * the newest of the others.
 */
export const effectiveOf = (head: PatientHead): { version: Version; fields: Partial<Details> } => {
  const words = wordsOf(head)
  return { version: words[0]?.version ?? '', fields: newestOf(words) }
}

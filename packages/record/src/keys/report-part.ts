import type { ResultReported } from '@tideway/schemas/events.generated'
import { keyPart } from '@tideway/schemas/key-part'
import { codeName } from './business-key.ts'

/** What tells reports of one number and service apart. */
export type PartOfOrder = Pick<ResultReported, 'specimens' | 'parentResult' | 'parentSubId'>

/** Specimen number, what the specimen is and where from, and the parent result (OBR-26). */
type Names = { number: string; kind: string; parent: string }

const joined = (parts: readonly (string | null)[]): string =>
  parts.some((part) => part !== null) ? parts.map((part) => part ?? '').join('|') : ''

const escaped = (part: string | null | undefined): string | null =>
  part == null ? null : keyPart(part, '|')

const parentNameOf = ({
  parentResult,
  parentSubId,
}: Pick<PartOfOrder, 'parentResult' | 'parentSubId'>): string =>
  joined([escaped(codeName(parentResult)), escaped(parentSubId)])

const namesOf = ({ specimens, ...report }: PartOfOrder): Names => {
  const numbers = specimens.map(({ specimenId, placerId }) => escaped(specimenId ?? placerId))
  const kinds = specimens.map(({ type, site, description }) =>
    joined([escaped(codeName(type)), escaped(codeName(site)), escaped(description[0])]),
  )
  return {
    number: joined(numbers.toSorted()),
    kind: joined(kinds.map((kind) => kind || null).toSorted()),
    parent: parentNameOf(report),
  }
}

const differ = (one: string, other: string): boolean => one !== '' && other !== '' && one !== other

/**
 * Whether two reports of one number and service are about different specimens, or sensitivities of
 * different isolates. Specimens with numbers are told apart by these, others by what they are;
 * where one report does not say, they are not.
 */
export const areSeparate = (a: PartOfOrder, b: PartOfOrder): boolean => {
  const [one, other] = [namesOf(a), namesOf(b)]
  if (differ(one.parent, other.parent)) return true
  return one.number !== '' && other.number !== ''
    ? one.number !== other.number
    : differ(one.kind, other.kind)
}

/** The parent result of a report (OBR-26); null if it names none. */
export const parentOf = (part: PartOfOrder): string | null => parentNameOf(part) || null

/**
 * Key of a report that shares its number and service with another, by its specimen and parent
 * result.
 *
 * @param reportId  key by number and service
 */
export const reportOfPart = (reportId: string, part: PartOfOrder): string => {
  const { number, kind, parent } = namesOf(part)
  const words = joined([number || kind || null, parent || null])
  return words === '' ? reportId : `${reportId}~${words}`
}

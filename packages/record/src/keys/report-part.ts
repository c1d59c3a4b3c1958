import type { ResultReported } from '@tideway/schemas/events.generated'
import { keyPart } from '@tideway/schemas/key-part'
import { codeName } from './business-key.ts'

/** What tells reports of one number and service apart. */
export type PartOfOrder = Pick<ResultReported, 'specimens' | 'parentResult' | 'parentSubId'>

/**
 * What a report names of its part of an order: specimen number, what the specimen is and where
 * from, and the parent result (OBR-26). Empty: not named.
 */
export type PartNames = { number: string; kind: string; parent: string }

const joined = (parts: readonly (string | null)[]): string =>
  parts.some((part) => part !== null) ? parts.map((part) => part ?? '').join('|') : ''

const escaped = (part: string | null | undefined): string | null =>
  part == null ? null : keyPart(part, '|')

const parentNameOf = ({
  parentResult,
  parentSubId,
}: Pick<PartOfOrder, 'parentResult' | 'parentSubId'>): string =>
  joined([escaped(codeName(parentResult)), escaped(parentSubId)])

export const partNamesOf = ({ specimens, parentResult, parentSubId }: PartOfOrder): PartNames => {
  const numbers = specimens.map(({ specimenId, placerId }) => escaped(specimenId ?? placerId))
  const kinds = specimens.map(({ type, site, description }) =>
    joined([escaped(codeName(type)), escaped(codeName(site)), escaped(description[0])]),
  )
  return {
    number: joined(numbers.toSorted()),
    kind: joined(kinds.map((kind) => kind || null).toSorted()),
    parent: parentNameOf({ parentResult, parentSubId }),
  }
}

const differ = (one: string, other: string): boolean => one !== '' && other !== '' && one !== other

/**
 * Whether two reports of one number and service are about different specimens, or sensitivities of
 * different isolates. Specimens with numbers are told apart by these, others by what they are;
 * where one report does not say, they are not.
 */
export const areSeparate = (a: PartOfOrder, b: PartOfOrder): boolean =>
  areSeparateNames(partNamesOf(a), partNamesOf(b))

export const areSeparateNames = (one: PartNames, other: PartNames): boolean => {
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
export const reportOfPart = (reportId: string, part: PartOfOrder): string =>
  reportOfNames(reportId, partNamesOf(part))

/** As `reportOfPart`, by what the report names. */
export const reportOfNames = (reportId: string, names: PartNames): string => {
  const words = partWordsOf(names)
  return words === '' ? reportId : `${reportId}~${words}`
}

/**
 * The end of the key of a report of this part; empty if it names none. The second of two specimens
 * is never a parent result.
 */
export const partWordsOf = ({ number, kind, parent }: PartNames): string =>
  joined([keyPart(number, '|') || kind || null, parent || null])

/** The names of a part in one string; null if there are none. */
export const partTagOf = ({ number, kind, parent }: PartNames): string | null =>
  number === '' && kind === '' && parent === '' ? null : JSON.stringify([number, kind, parent])

export const namesInTag = (tag: string | null): PartNames => {
  const [number = '', kind = '', parent = ''] = (tag === null ? [] : JSON.parse(tag)) as string[]
  return { number, kind, parent }
}

/**
 * Whether what one report names is all that another names, and maybe more: an isolate of a
 * specimen, or a specimen number with its type.
 */
export const covers = (narrow: PartNames, wide: PartNames): boolean =>
  (wide.parent === '' || wide.parent === narrow.parent) &&
  (wide.number === ''
    ? wide.kind === '' || wide.kind === narrow.kind
    : wide.number === narrow.number)

import type { Details } from '@tideway/schemas/documents/head'

const plain = (text: string | null | undefined): string =>
  (text ?? '').replace(/\s+/g, '').toLocaleUpperCase('en-GB')

/**
 * What is compared of each field: what tells people apart, not its spelling. Empty means unstated.
 */
const comparable: { [Field in keyof Details]?: (value: NonNullable<Details[Field]>) => string } = {
  names: ([name]) => (name === undefined ? '' : `${plain(name.family)},${plain(name.given[0])}`),
  birthDate: (value) => value.slice(0, 10),
  sex: plain,
  nhsNumber: (value) => value,
  deceased: String,
  active: String,
  diedAt: (value) => value.slice(0, 10),
  addresses: ([address]) => plain(address?.postcode),
  gpPractice: ({ code }) => plain(code),
}

/**
 * Fields in which statements about one person differ, in a fixed order. A statement without a field
 * does not disagree.
 */
export const mismatchesOf = (statements: readonly Partial<Details>[]): string[] =>
  (Object.keys(comparable) as (keyof typeof comparable)[]).filter((field) => {
    const compare = comparable[field] as (value: unknown) => string
    const stated = statements
      .flatMap((one) => (one[field] == null ? [] : [compare(one[field])]))
      .filter((text) => text !== '')
    return new Set(stated).size > 1
  })

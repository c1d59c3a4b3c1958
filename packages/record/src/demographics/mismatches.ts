import type { Details } from '@tideway/schemas/documents/head'

const plain = (text: string | null | undefined): string =>
  (text ?? '').replace(/\s+/g, '').toLocaleUpperCase('en-GB')

/**
 * How each field is compared: by what tells people apart, not by how it is spelt. An empty text
 * says nothing.
 */
const essence: { [Field in keyof Details]?: (value: NonNullable<Details[Field]>) => string } = {
  names: ([name]) => (name === undefined ? '' : `${plain(name.family)},${plain(name.given[0])}`),
  birthDate: (value) => value.slice(0, 10),
  sex: plain,
  nhsNumber: (value) => value,
  deceased: String,
  diedAt: (value) => value.slice(0, 10),
  addresses: ([address]) => plain(address?.postcode),
  gpPractice: ({ code }) => plain(code),
}

/**
 * Fields in which what was said differs, in a fixed order. Who says nothing of a field does not
 * disagree.
 */
export const mismatchesOf = (words: readonly Partial<Details>[]): string[] =>
  (Object.keys(essence) as (keyof typeof essence)[]).filter((field) => {
    const compare = essence[field] as (value: unknown) => string
    const said = words
      .flatMap((word) => (word[field] == null ? [] : [compare(word[field])]))
      .filter((text) => text !== '')
    return new Set(said).size > 1
  })

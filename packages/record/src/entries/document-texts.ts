import type { DocumentVersion } from '@tideway/schemas/documents/entry'

/** Characters of text that all versions together hold, but for that of the one that is shown. */
const textsKept = 131_072

/** Characters of its text, also where that is left out. */
const textLength = ({ text, textLeftOut = 0 }: DocumentVersion): number =>
  text?.length ?? textLeftOut

/**
 * Leaves out the texts of old versions where newer ones are long, so that a document that is sent
 * again and again stays a document that can be stored; the archive has them.
 */
export const withoutOldTexts = (
  reported: readonly DocumentVersion[],
  shown: DocumentVersion,
): DocumentVersion[] => {
  let length = 0
  return reported
    .toReversed()
    .map((version) => {
      length += textLength(version)
      if (length <= textsKept || version === shown || version.text === null) return version
      return { ...version, text: null, textLeftOut: version.text.length }
    })
    .toReversed()
}

/** Whether it has a text, here or in its message alone. */
export const hasText = (version: DocumentVersion): boolean =>
  version.text !== null || version.textLeftOut !== undefined

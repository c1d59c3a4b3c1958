/**
 * Order of two statements about the same thing, as text that sorts; made by `versionOf` of
 * @tideway/record. A newer statement replaces an older one, however late either comes.
 */
export type Version = string

import type { Document, DocumentVersion } from '@tideway/schemas/documents/entry'
import { saysNothing } from '../entries/facts.ts'

/** Of a document, fields that belong to the content; the content shown is of one version. */
const contentFields: ReadonlySet<string> = new Set(['notes', 'sections'])

/**
 * The version of a document that a field is shown from: content from the version shown, anything
 * else from the newest version that states it.
 */
export const versionShowing = (
  { shown, reported }: Pick<Document, 'shown' | 'reported'>,
  name: keyof DocumentVersion,
): DocumentVersion | undefined => {
  const [content, newest] = [reported.findLast(({ version }) => version === shown), reported.at(-1)]
  return contentFields.has(name) || saysNothing(newest?.[name]) ? content : newest
}

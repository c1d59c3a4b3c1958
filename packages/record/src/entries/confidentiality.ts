import type { Document, Entry } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { entryIdOf } from '@tideway/schemas/public-id'
import { same } from './is-same.ts'

const documentIn = (entry: Entry | undefined): Document | undefined =>
  entry?.data.kind === 'document' ? entry.data : undefined

/** `_id` of the document that the one an event speaks of is to (TXA-13); null if it is to none. */
export const parentEntryIdIn = ({ patientKey, body }: PatientEvent): string | null =>
  body.type === 'DocumentReported' && body.parentId !== null
    ? entryIdOf(patientKey, 'document', body.parentId)
    : null

/**
 * A document that states no confidentiality has that of the document it takes the place of, else of
 * the one it adds to.
 *
 * @param find  a document by its business key; undefined if it is not at hand, and what was taken
 *   from it before stays
 */
export const inherit = (
  document: Document,
  find: (documentId: string) => Document | undefined,
): Document => {
  const { confidentialityFrom: from, ...bare } = document
  if (from === undefined && document.confidentiality !== null) return document
  for (const parent of [document.replaces, document.addsTo]) {
    if (parent === null || parent === document.documentId) continue
    const known = find(parent)
    const kept = from === parent ? document.confidentiality : null
    const word = known === undefined ? kept : known.confidentiality
    if (word !== null) return { ...bare, confidentiality: word, confidentialityFrom: parent }
  }
  return { ...bare, confidentiality: null }
}

/** Documents of one patient by their business keys, the first map before the second. */
const finder =
  (patient: string, entries: ReadonlyMap<string, Entry>, known: ReadonlyMap<string, Entry>) =>
  (documentId: string) => {
    const id = entryIdOf(patient, 'document', documentId)
    return documentIn(entries.get(id) ?? known.get(id))
  }

/** Entries of one patient that changed, their documents as confidential as those they are to. */
export const settleConfidentiality = (
  patient: string,
  changed: ReadonlyMap<string, Entry>,
  known: ReadonlyMap<string, Entry>,
): Map<string, Entry> => {
  const entries = new Map(changed)
  const find = finder(patient, entries, known)
  const documents = [...changed.values()].flatMap((entry) =>
    documentIn(entry) === undefined ? [] : [entry._id],
  )
  if (documents.length === 0) return entries
  // A chain is settled after as many rounds as it is long; one that bites its own tail ends too.
  for (const _round of documents) {
    const before = documents.map((id) => documentIn(entries.get(id)))
    for (const id of documents) {
      const entry = entries.get(id) as Entry
      entries.set(id, { ...entry, data: inherit(entry.data as Document, find) })
    }
    if (documents.every((id, index) => same(documentIn(entries.get(id)), before[index]))) break
  }
  return entries
}

/**
 * Documents to be saved that are not as confidential as they were: those that are to them may have
 * to change too.
 */
export const newlyConfidential = (
  entries: Iterable<Entry>,
  known: ReadonlyMap<string, Entry>,
): Entry[] =>
  [...entries].filter((entry) => {
    const document = documentIn(entry)
    return (
      document !== undefined &&
      document.confidentiality !== (documentIn(known.get(entry._id))?.confidentiality ?? null)
    )
  })

/** Stored documents that inherit another confidentiality now, to be saved with the next version. */
export const inheritedByStored = (
  stored: readonly Entry[],
  entries: ReadonlyMap<string, Entry>,
): Entry[] =>
  stored.flatMap((entry) => {
    const document = documentIn(entry)
    if (document === undefined) return []
    const data = inherit(document, finder(entry.patient, entries, new Map()))
    return same(data, document) ? [] : [{ ...entry, version: entry.version + 1, data }]
  })

/**
 * Documents about to be saved that change again, because the one they inherit from did: one may
 * have come in the batch while its parent only follows.
 */
export const inheritedInBatch = (
  entries: ReadonlyMap<string, Entry>,
  known: ReadonlyMap<string, Entry>,
): Entry[] =>
  [...entries.values()].flatMap((entry) => {
    const document = documentIn(entry)
    if (document === undefined) return []
    const data = inherit(document, finder(entry.patient, entries, known))
    return same(data, document) ? [] : [{ ...entry, data }]
  })

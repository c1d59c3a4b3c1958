import type { Document, DocumentStatus, DocumentVersion, Origin } from '@tideway/schemas/documents/entry'
import type { DocumentReported } from '@tideway/schemas/events.generated'
import { newestOf, putFact } from '../facts.ts'
import { documentRule } from './document-status.ts'
import { settleObservation } from './observation-status.ts'

/** Newest versions kept. One may hold its text, so fewer than of a value. */
const versionsKept = 20

const holdsContent = ({ attachment, text, observations }: DocumentVersion): boolean => attachment !== null || text !== null || (observations ?? []).length > 0

/** Status and version to show: TXA where it says anything in the newest version, else OBX-11 of all. */
const settled = (reported: readonly DocumentVersion[]): { status: DocumentStatus; valueFrom: number | null } => {
  const newest = reported.at(-1) as DocumentVersion
  const rule = documentRule(newest)
  if (rule === null) return settleObservation(reported.map((version) => ({ code: version.status, hasValue: holdsContent(version) })))
  if (rule.isGone) return { status: rule.status, valueFrom: null }
  const withContent = reported.findLastIndex((version, index) => holdsContent(version) && reported.slice(index).every((later) => documentRule(later)?.isGone !== true))
  return { status: rule.status, valueFrom: withContent < 0 ? reported.length - 1 : withContent }
}

/** What a version can decide however many follow it: the content, that it is gone, what it is to, how confidential it is. */
const wordsOf = (version: DocumentVersion): string[] => {
  const holds = holdsContent(version) ? 'content' : 'no content'
  return [
    `${version.status ?? ''} ${holds}`,
    holds,
    ...(documentRule(version)?.isGone === true ? ['gone'] : []),
    ...(version.trigger === null ? [] : [version.trigger]),
    ...(version.confidentiality === null ? [] : ['confidentiality']),
  ]
}

/** Its own word; what it has from another document stays until that is looked at again, see `inherit`. */
const confidentialityOf = (reported: readonly DocumentVersion[], before: Document | null): Pick<Document, 'confidentiality' | 'confidentialityFrom'> => {
  const own = reported.findLast(({ confidentiality }) => confidentiality !== null)?.confidentiality ?? null
  if (own !== null || before?.confidentialityFrom === undefined) return { confidentiality: own }
  return { confidentiality: before.confidentiality, confidentialityFrom: before.confidentialityFrom }
}

/**
 * What one message makes of a document. Pure: no store, no clock.
 *
 * A document withdrawn (D, W), cancelled (X) or retracted (T11) keeps nothing a reader could open; what was there stays in `reported`.
 */
export const evolveDocument = (before: Document | null, { type: _type, documentId, ...event }: DocumentReported, stated: Origin): Document => {
  const reported = newestOf(putFact<DocumentVersion>(before?.reported ?? [], { ...event, ...stated }), versionsKept, wordsOf)
  const { status, valueFrom } = settled(reported)
  const shown = reported[valueFrom ?? reported.length - 1] as DocumentVersion
  const newest = reported.at(-1) as DocumentVersion
  return {
    kind: 'document',
    documentId,
    title: shown.title,
    documentKind: shown.kind,
    at: shown.at,
    status,
    reportId: shown.reportId,
    attachment: valueFrom === null ? null : shown.attachment,
    attachments: valueFrom === null ? [] : (shown.attachments ?? []),
    observations: valueFrom === null ? [] : (shown.observations ?? []),
    text: valueFrom === null ? null : shown.text,
    addsTo: reported.findLast(({ trigger }) => trigger === 'ADDENDUM')?.parentId ?? null,
    replaces: reported.findLast(({ trigger }) => trigger === 'REPLACEMENT')?.parentId ?? null,
    ...confidentialityOf(reported, before),
    encounterId: newest.encounterId ?? shown.encounterId,
    authors: shown.authors,
    shown: shown.version,
    reported,
  }
}

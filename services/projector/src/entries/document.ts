import type { Document, DocumentStatus, DocumentVersion, Origin } from '@tideway/schemas/documents/entry'
import type { DocumentReported } from '@tideway/schemas/events.generated'
import { putFact } from '../facts.ts'
import { documentRule } from './document-status.ts'
import { settleObservation } from './observation-status.ts'

/** A version may hold its text, so fewer are kept than of a value. */
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

/**
 * What one message makes of a document. Pure: no store, no clock.
 *
 * A document withdrawn (D, W), cancelled (X) or retracted (T11) keeps nothing a reader could open; what was there stays in `reported`.
 */
export const evolveDocument = (before: Document | null, { type: _type, documentId, ...event }: DocumentReported, stated: Origin): Document => {
  const reported = putFact<DocumentVersion>(before?.reported ?? [], { ...event, ...stated }).slice(-versionsKept)
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
    confidentiality: reported.findLast(({ confidentiality }) => confidentiality !== null)?.confidentiality ?? null,
    encounterId: newest.encounterId ?? shown.encounterId,
    authors: shown.authors,
    shown: shown.version,
    reported,
  }
}

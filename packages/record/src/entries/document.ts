import type {
  Document,
  DocumentStatus,
  DocumentVersion,
  Origin,
} from '@tideway/schemas/documents/entry'
import type { DocumentReported } from '@tideway/schemas/events.generated'
import { hasText, withoutOldTexts } from './document-texts.ts'
import { newestOf, putFact } from './facts.ts'
import { isOfRequest, isOfSegment } from './full-state.ts'
import { contentStatus, documentRule } from '../status/document-status.ts'
import {
  decidingWords,
  restsOn,
  type StatusStatement,
  settleObservation,
} from './settle-observation.ts'

/** Newest versions kept. One may hold its text, so fewer than of a value. */
const versionsKept = 20

const holdsContent = (version: DocumentVersion): boolean =>
  version.attachment !== null || hasText(version) || (version.observations ?? []).length > 0

const statementOf = (version: DocumentVersion): StatusStatement => ({
  status: contentStatus(version),
  hasValue: holdsContent(version),
  isWhole: !isOfSegment(version),
})

/**
 * Status and version to show: TXA where it says anything in the newest version, else OBX-11 of all.
 */
const settled = (
  reported: readonly DocumentVersion[],
): { status: DocumentStatus; valueFrom: number | null } => {
  const newest = reported.at(-1) as DocumentVersion
  const rule = documentRule(newest)
  if (rule === null) return settleObservation(reported.map(statementOf))
  if (rule.isGone) return { status: rule.status, valueFrom: null }
  const withContent = reported.findLastIndex(
    (version, index) =>
      holdsContent(version) &&
      reported.slice(index).every((later) => documentRule(later)?.isGone !== true),
  )
  return { status: rule.status, valueFrom: withContent < 0 ? reported.length - 1 : withContent }
}

/**
 * What a version can decide however many follow it: the content, that it is gone, what it is to,
 * how confidential it is.
 */
const wordsOf = (version: DocumentVersion): string[] => [
  ...decidingWords(statementOf(version)),
  holdsContent(version) ? 'content' : 'no content',
  ...(documentRule(version)?.isGone === true ? ['gone'] : []),
  ...(version.trigger === null ? [] : [version.trigger]),
  ...(version.parentId === null ? [] : [`parent ${version.trigger}`]),
  ...(version.confidentiality === null ? [] : ['confidentiality']),
]

const keptOf = (reported: readonly DocumentVersion[]): DocumentVersion[] =>
  newestOf(reported, versionsKept, wordsOf, (kept, from) =>
    restsOn(reported.map(statementOf), kept, from),
  )

/**
 * Its own word; what it has from another document stays until that is looked at again, see
 * `inherit`.
 */
const confidentialityOf = (
  reported: readonly DocumentVersion[],
  before: Document | null,
): Pick<Document, 'confidentiality' | 'confidentialityFrom'> => {
  const own =
    reported.findLast(({ confidentiality }) => confidentiality !== null)?.confidentiality ?? null
  if (own !== null || before?.confidentialityFrom === undefined) return { confidentiality: own }
  return {
    confidentiality: before.confidentiality,
    confidentialityFrom: before.confidentialityFrom,
  }
}

/**
 * What it is to stays, where the same is told again without naming it: it would no longer be as
 * confidential.
 */
const parentBy = (
  told: 'ADDENDUM' | 'REPLACEMENT',
  reported: readonly DocumentVersion[],
): string | null =>
  reported.findLast(({ trigger, parentId }) => trigger === told && parentId !== null)?.parentId ??
  null

/** What one message makes of a document. Pure: no store, no clock. */
export const evolveDocument = (
  before: Document | null,
  event: DocumentReported,
  stated: Origin,
): Document =>
  documentOfAll(event.documentId, withVersion(before?.reported ?? [], event, stated), before)

/** Versions with what one message says. */
export const withVersion = (
  reported: readonly DocumentVersion[],
  { type: _type, documentId: _id, ...version }: DocumentReported,
  stated: Origin,
): DocumentVersion[] => putFact<DocumentVersion>(reported, { ...version, ...stated })

/**
 * The document that some versions make, in version order.
 *
 * A document withdrawn (D, W), cancelled (X) or retracted (T11) keeps nothing a reader could open;
 * what was there stays in `reported`.
 */
export const documentOfAll = (
  documentId: string,
  all: readonly DocumentVersion[],
  before: Document | null,
): Document => {
  const reported = keptOf(all)
  const { status, valueFrom } = settled(reported)
  const described = reported.findLastIndex((version) => !isOfRequest(version))
  const shown = reported[valueFrom ?? Math.max(0, described)] as DocumentVersion
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
    ...(valueFrom === null || shown.textLeftOut === undefined ? {} : { textLeftOut: true }),
    addsTo: parentBy('ADDENDUM', reported),
    replaces: parentBy('REPLACEMENT', reported),
    ...confidentialityOf(reported, before),
    encounterId: newest.encounterId ?? shown.encounterId,
    authors: shown.authors,
    shown: shown.version,
    reported: withoutOldTexts(reported, shown),
  }
}

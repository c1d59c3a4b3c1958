import type { Entry, Stated, Statement as StoredStatement } from '@tideway/schemas/documents/entry'
import {
  type StatementKind,
  type StatementStatus,
  statementKinds,
  statementStatuses,
  statements,
} from '@tideway/schemas/documents/statement'
import { medicineLineOf } from '@tideway/record/summary/medicines'
import { showsStatementField } from '@tideway/record/withdrawal/shown-after-withdrawal'
import { entryIdOf, publicId } from '@tideway/schemas/public-id'
import { earlierStatements, shownFields } from '@tideway/record/summary/shown-fields'
import { type TSchema, Type } from 'typebox'
import { type EntryContext, entryFields, entryFieldsOf, receivedAtOf } from './entry.ts'
import { eventDoc, eventFields } from './event-schema.ts'
import { instant, list, object, text, textOrNull } from './values.ts'

/** What an entry of a kind says: the fields of its event, without the business key. */
export type Said = Record<string, unknown>

/** A fact that each message states anew, for a reader. */
export type StatementJson = {
  kind: StatementKind
  id: string
  organisation: string
  patient: string
  receivedAt: string
  key: string
  status: StatementStatus
  line: string | null
  sameAs: string | null
  said: Said
  earlier: { message: string; segment: string; source: string; receivedAt: string; said: Said }[]
}

const schemaOf = (kind: StatementKind): TSchema => {
  const { event, key } = statements[kind]
  const Details = object(
    `${event}Fields`,
    'Codes and status words as sent.',
    eventFields(event, null, [key]),
  )
  const Earlier = object(`${event}Earlier`, 'What another message said of it.', {
    message: text('Message id, as in `origins`.'),
    segment: text('Segment in that message.'),
    source: text('ODS code of the sender.'),
    receivedAt: instant('When it was received.'),
    said: Details,
  })
  return object(event, eventDoc(event), {
    kind: Type.Literal(kind),
    ...entryFields,
    key: text('Business key within the organisation.'),
    status: Type.Enum([...statementStatuses[kind]] as string[], {
      description:
        '`reported`: its sender gives no status; `unknown`: one that is in no table, as sent in `said`.',
    }),
    line: textOrNull(
      'A medicine in one line to read, as its sender told it; null for what is none.',
    ),
    sameAs: textOrNull(
      'Public id of the entry that tells of the same: of an allergy the one with a number of its own, shown in its place where one line is enough; null for what is told once.',
    ),
    said: Details,
    earlier: list(Earlier, 'What else was said of it, newest first.'),
  })
}

/** Schema of each kind, made from the schema of its event. */
export const statementSchemas: Readonly<Record<StatementKind, TSchema>> = Object.fromEntries(
  statementKinds.map((kind) => [kind, schemaOf(kind)]),
) as Record<StatementKind, TSchema>

const saidIn = (
  data: StoredStatement,
  { message: _message, place: _place, source: _source, version: _version, ...fields }: Stated,
): Said => {
  const { [statements[data.kind].key]: _key, ...said } = fields as unknown as Said
  return Object.fromEntries(
    Object.entries(said).map(([name, value]) => [
      name,
      showsStatementField(data, name) ? value : null,
    ]),
  )
}

const earlierOf = (data: StoredStatement, statement: Stated) => ({
  message: statement.message,
  segment: statement.place,
  source: statement.source,
  receivedAt: receivedAtOf(statement.version),
  said: saidIn(data, statement),
})

/** One such entry for a reader. */
export const statementOf = (
  entry: Entry,
  data: StoredStatement,
  context: EntryContext,
): StatementJson => {
  const { kind, key, status } = data
  const said = shownFields(data)
  return {
    kind,
    ...entryFieldsOf(entry, context),
    key,
    status,
    line: medicineLineOf(data),
    sameAs:
      data.sameAs === undefined ? null : publicId(entryIdOf(entry.patient, kind, data.sameAs)),
    said: saidIn(data, said),
    earlier: earlierStatements(data).map((statement) => earlierOf(data, statement)),
  }
}

import type { Entry, Stated, Statement as StoredStatement } from '@tideway/schemas/documents/entry'
import {
  type StatementKind,
  type StatementStatus,
  statementKinds,
  statementStatuses,
  statements,
} from '@tideway/schemas/documents/statement'
import type { NoKnownAllergies } from '@tideway/schemas/documents/head'
import { isContradictedEnd } from '@tideway/record/summary/contradicted-end'
import { allergyStatementIn } from '@tideway/record/summary/allergy-lines'
import { medicineLineOf } from '@tideway/record/summary/medicines/medicines'
import { showsStatementField } from '@tideway/record/withdrawal/shown-after-withdrawal'
import { entryIdOf, publicId } from '@tideway/schemas/public-id'
import { earlierStatements, shownFields } from '@tideway/record/summary/shown-fields'
import { type TSchema, Type } from 'typebox'
import type { Presented } from './schema/answer.ts'
import { type EntryContext, entryFields, entryFieldsOf, receivedAtOf } from './entry.ts'
import type { NotShown } from './not-shown.ts'
import { eventDoc, eventFields } from './schema/event-schema.ts'
import {
  contradictedEndMark,
  contradictedMark,
  doNotPerformMark,
  noKnownKind,
} from './schema/summary-lines.ts'
import { sexFields, sexOf } from './sex.ts'
import { instant, list, object, text, optionalText, optionalPublicId } from './schema/values.ts'

/** Fields of a statement: those of its event, without the business key. */
export type StatementFields = Record<string, unknown>

/** An entry that each message states anew, as an answer. */
export type StatementJson = {
  kind: StatementKind
  id: string
  organisation: string
  patient: string
  receivedAt: string
  key: string
  status: StatementStatus
  line?: string
  sameAs?: string
  noKnown?: NoKnownAllergies
  contradicted?: true
  doNotPerform?: true
  inFuture?: true
  notShown?: NotShown
  said: StatementFields
  earlier: {
    message: string
    segment: string
    source: string
    receivedAt: string
    said: StatementFields
  }[]
}

/** Beside the fields of any statement. */
const fieldsBeside: Partial<Record<StatementKind, Record<string, TSchema>>> = {
  allergy: { noKnown: noKnownKind, contradicted: contradictedMark },
  condition: { contradicted: contradictedEndMark },
  prescription: { doNotPerform: doNotPerformMark },
  request: { doNotPerform: doNotPerformMark },
}

const schemaOf = (kind: StatementKind): TSchema => {
  const { event, key } = statements[kind]
  const fields = eventFields(event, null, [key])
  const Details = object(`${event}Fields`, 'Fields of the statement; codes and statuses as sent.', {
    ...fields,
    ...('sex' in fields ? sexFields : {}),
  })
  const Earlier = object(`${event}Earlier`, 'An earlier statement about the same thing.', {
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
        '`reported`: none was sent; `unknown`: one that is in no table, as sent in `said`.',
    }),
    line: optionalText('A medicine in one line, as sent; absent for other kinds.'),
    sameAs: optionalPublicId(
      'Public id of the entry about the same allergy that has an identifier of its own; the summary shows that one only.',
    ),
    ...fieldsBeside[kind],
    said: Details,
    earlier: list(Earlier, 'Earlier statements, newest first.'),
  })
}

/** Schema of each kind, made from the schema of its event. */
export const statementSchemas: Readonly<Record<StatementKind, TSchema>> = Object.fromEntries(
  statementKinds.map((kind) => [kind, schemaOf(kind)]),
) as Record<StatementKind, TSchema>

const saidIn = (
  data: StoredStatement,
  { message: _message, place: _place, source: _source, version: _version, ...fields }: Stated,
): StatementFields => {
  const {
    [statements[data.kind].key]: _key,
    byAllergen: _byAllergen,
    ...said
  } = fields as unknown as StatementFields
  const shown: StatementFields = Object.fromEntries(
    Object.entries(said).map(([name, value]) => [
      name,
      showsStatementField(data, name) ? value : null,
    ]),
  )
  return 'sex' in shown ? { ...shown, ...sexOf(shown) } : shown
}

const earlierOf = (data: StoredStatement, statement: Stated) => ({
  message: statement.message,
  segment: statement.place,
  source: statement.source,
  receivedAt: receivedAtOf(statement.version),
  said: saidIn(data, statement),
})

const allergyIn = (entry: Entry, { allergies }: EntryContext) => {
  const { noKnown, isContradicted } = allergyStatementIn(entry, allergies ?? null)
  return { noKnown, contradicted: isContradicted ? (true as const) : null }
}

/** What a reader must not miss beside the status. */
const besideOf = (entry: Entry, data: StoredStatement, said: Stated, context: EntryContext) => {
  if (data.kind === 'allergy') return allergyIn(entry, context)
  if (data.kind === 'condition')
    return {
      contradicted: isContradictedEnd(data as StoredStatement<'condition'>)
        ? (true as const)
        : null,
    }
  return 'doNotPerform' in said
    ? { doNotPerform: said.doNotPerform === true ? (true as const) : null }
    : {}
}

/** One such entry as an answer. */
export const statementOf = (
  entry: Entry,
  data: StoredStatement,
  context: EntryContext,
): Presented<StatementJson> => {
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
    ...besideOf(entry, data, said, context),
    said: saidIn(data, said),
    earlier: earlierStatements(data).map((statement) => earlierOf(data, statement)),
  }
}

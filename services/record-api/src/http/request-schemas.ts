import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import { entryKinds } from '@tideway/schemas/documents/entry'
import { type Static, Type } from 'typebox'
import type { PatientSearch } from '../chart/open-chart.ts'
import { purposesOfUse } from '../chart/purpose.ts'
import { maxPage } from '../chart/take-page.ts'
import { MessageFilterQuery } from '../ledger/message-filters.ts'
import { object } from '../json/schema/values.ts'
import type { FormatName } from './formats.ts'

const formatted = (format: FormatName, description: string) => Type.String({ format, description })

export const PatientId = Type.Object({
  id: Type.String({ description: 'Public id of a source patient, from a search.' }),
})

export const EntryId = Type.Object({
  ...PatientId.properties,
  entry: Type.String({ description: 'Public id of the entry.' }),
})

export const MessageId = Type.Object({ id: Type.String({ description: 'Message id.' }) })

const purpose = Type.Optional(
  Type.Enum([...purposesOfUse], {
    default: 'TREAT',
    description: 'Purpose of use, a code of the HL7 v3 value set PurposeOfUse.',
  }),
)
export const PurposeQuery = Type.Object({ purpose })

export const PageQuery = Type.Object({
  kind: Type.Enum([...entryKinds], { description: 'Kind of the entries: one section.' }),
  before: Type.Optional(
    formatted('entry-cursor', 'Cursor, from `more` of the record or `before` of a page.'),
  ),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: maxPage,
      default: maxPage,
      description:
        'Most entries in a page. A page also ends after 5,000 observations, each earlier value counted.',
    }),
  ),
  purpose,
})

export const SourceQuery = Type.Object({
  field: Type.Optional(
    formatted(
      'entry-field',
      'Field of the entry as answered, e.g. observations[3].value. Without it: everything shown now.',
    ),
  ),
  purpose,
})

export const MessagesQuery = Type.Object({
  controlId: Type.Optional(formatted('control-id', 'MSH-10, exactly.')),
  source: Type.Optional(
    formatted(
      'ods-code',
      'ODS code of the sender. An operator may leave it out for all; a system reads its own organisation only.',
    ),
  ),
  ...MessageFilterQuery.properties,
  before: Type.Optional(
    formatted(
      'message-cursor',
      'Cursor, from `before` of a page. A page has at most 100 messages; with filters it may have fewer, and `more` says whether to continue.',
    ),
  ),
})

const SearchByNhsNumber = object(
  'SearchByNhsNumber',
  'Both are needed. Spaces and hyphens in the number are ignored.',
  {
    nhsNumber: formatted('nhs-number', 'NHS number; the modulus 11 check digit is verified.'),
    birthDate: formatted('date', 'YYYY-MM-DD.'),
  },
)

const SearchByIdentifier = object('SearchByIdentifier', 'Both are needed.', {
  organisation: formatted('ods-code', 'ODS code.'),
  identifier: Type.String({
    maxLength: 64,
    pattern: '\\S',
    description: "The organisation's own number for the patient, exactly.",
  }),
})

export const Search = Type.Union([SearchByNhsNumber, SearchByIdentifier], {
  examples: [
    { nhsNumber: '999 000 0018', birthDate: '2019-05-04' },
    { organisation: 'RJZ', identifier: '1234567' },
  ],
})

/** A valid search as the chart takes it. */
export const patientSearchOf = (body: Static<typeof Search>): PatientSearch =>
  'nhsNumber' in body
    ? {
        by: 'nhsNumber',
        nhsNumber: nhsNumberOf(body.nhsNumber.trim()) as string,
        birthDate: body.birthDate.trim(),
      }
    : {
        by: 'identifier',
        organisation: body.organisation.trim().toUpperCase(),
        identifier: body.identifier.trim(),
      }

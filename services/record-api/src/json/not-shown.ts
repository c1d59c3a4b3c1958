import { countIn, type NotShownLine } from '@tideway/record/entries/not-shown'
import { ownerOf } from '@tideway/record/entries/statement-version'
import type { NotShownFact } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { publicId } from '@tideway/schemas/public-id'
import { type Static, Type } from 'typebox'
import type { Presented } from './schema/answer.ts'
import {
  list,
  object,
  optional,
  text,
  publicIdText,
  optionalPublicId,
  recordAddress,
} from './schema/values.ts'

const values = (description: string) => Type.Integer({ minimum: 0, description })

export const NotShown = object(
  'NotShown',
  'Clinical content that was sent and is not shown, because it could not be used. Of each sender the newest message counts.',
  {
    count: values('Values that are not shown.'),
    places: list(
      text(
        'E.g. OBX[2]-5, segment and field, or in FHIR an expression; with repetition and component if it is a part.',
      ),
      'Where the first of them stand in the messages.',
    ),
    earlier: optional(
      Type.Boolean(),
      'Of a source patient: true if earlier messages had more, which is not counted; else absent.',
    ),
    source: recordAddress('Address of the original text.'),
  },
)
export type NotShown = Static<typeof NotShown>

/** Address of the original text of what an entry does not show. */
export const entrySource = (patient: string, entry: string): string =>
  `/api/patients/${patient}/entries/${entry}/source?field=notShown`

/** @param source  address of the original text */
export const notShownOf = (
  facts: readonly NotShownFact[],
  source: string,
): Presented<NotShown> | null =>
  facts.length === 0
    ? null
    : { count: countIn(facts), places: facts.flatMap(({ places }) => places), source }

/** What was sent about a source patient and is in no entry. */
export const notShownOfPatient = ({
  id,
  notShownOfPatient: told = [],
  notShownBefore,
}: PatientHead) => {
  const shown = notShownOf(told, `/api/patients/${id}/source`)
  return shown && { ...shown, earlier: notShownBefore ?? null }
}

export const SummaryNotShown = object(
  'SummaryNotShown',
  'Clinical content that was sent and is not shown.',
  {
    count: values('Values in all; entries are counted up to five hundred of each source patient.'),
    lines: list(
      object('NotShownLine', 'An entry, or a source patient, with content that is not shown.', {
        entry: optionalPublicId('Public id of the entry; absent if it is in no entry.'),
        organisation: text('ODS code of the organisation whose patient record it belongs to.'),
        patient: publicIdText('Public id of the source patient.'),
        count: values('Values that are not shown.'),
        source: recordAddress('Address of the original text.'),
      }),
      'What is in no entry, then the newest entries, at most twelve.',
    ),
    cut: Type.Boolean({ description: 'True if there are more entries; each says it itself.' }),
  },
)
export type SummaryNotShown = Static<typeof SummaryNotShown>

const mostLines = 12

const sum = (lines: readonly { count: number }[]): number =>
  lines.reduce((all, { count }) => all + count, 0)

/**
 * Of a person what is not shown, in all.
 *
 * @param found  entries, newest first
 */
export const summaryNotShown = (
  heads: readonly PatientHead[],
  found: readonly NotShownLine[],
): Presented<SummaryNotShown> => {
  const ofPatients = heads.flatMap((head) => {
    const own = notShownOfPatient(head)
    if (own === null) return []
    const { id: patient, organisation } = head
    return [{ entry: null, organisation, patient, count: own.count, source: own.source }]
  })
  const ofEntries = found.slice(0, mostLines).map(({ patient: key, entry, count }) => ({
    entry,
    organisation: ownerOf(key),
    patient: publicId(key),
    count,
    source: entrySource(publicId(key), entry),
  }))
  return {
    count: sum(ofPatients) + sum(found),
    lines: [...ofPatients, ...ofEntries],
    cut: found.length > mostLines,
  }
}

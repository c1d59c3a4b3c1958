import { withdrawalsIn } from '@tideway/record/withdrawal/is-withdrawn'
import type { Entry } from '@tideway/schemas/documents/entry'
import { publicId } from '@tideway/schemas/public-id'
import { type Static, Type } from 'typebox'
import type { Presented } from './schema/answer.ts'
import { newestReceivedAt, organisationOf, receivedAtOf } from './entry.ts'
import { instant, list, object, text, optionalText, publicIdText } from './schema/values.ts'

const Withdrawn = object(
  'Withdrawn',
  'An entry or value that was withdrawn; somebody may have acted on it.',
  {
    entry: publicIdText('Public id of the entry.'),
    kind: text('Kind of the entry.'),
    organisation: text('ODS code of the organisation whose patient record it belongs to.'),
    patient: publicIdText('Public id of the source patient.'),
    field: optionalText('Field of the entry, e.g. observations[2]; absent for the whole entry.'),
    status: Type.Enum(['wrong-patient', 'entered-in-error', 'cancelled'], {
      description:
        '`wrong-patient`: it is about another person. `cancelled`: a document that was retracted.',
    }),
    receivedAt: instant('When the withdrawal was received; for a whole entry, its newest message.'),
  },
)
type Withdrawn = Static<typeof Withdrawn>

export const WithdrawnList = list(
  Withdrawn,
  'What was withdrawn in the entries of this answer. Its content is not shown, except the code and text of a single fact entered in error.',
)

/** What was withdrawn in the entries of an answer. */
export const withdrawnOf = (entries: readonly Entry[]): Presented<Withdrawn>[] =>
  entries.flatMap((entry) =>
    withdrawalsIn(entry).map(({ observation, status, version }) => ({
      entry: entry.id,
      kind: entry.kind,
      organisation: organisationOf(entry.patient),
      patient: publicId(entry.patient),
      field: observation === null ? null : `observations[${observation}]`,
      status,
      receivedAt: version === null ? newestReceivedAt(entry) : receivedAtOf(version),
    })),
  )

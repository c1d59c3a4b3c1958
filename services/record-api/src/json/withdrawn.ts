import { withdrawalsIn } from '@tideway/record/withdrawal/is-withdrawn'
import type { Entry } from '@tideway/schemas/documents/entry'
import { publicId } from '@tideway/schemas/public-id'
import { type Static, Type } from 'typebox'
import { newestReceivedAt, organisationOf, receivedAtOf } from './entry.ts'
import { instant, list, object, text, textOrNull } from './values.ts'

const Withdrawn = object(
  'Withdrawn',
  'Something in this answer that was taken back: somebody may have acted on it.',
  {
    entry: text('Public id of the entry.'),
    kind: text('Of the entry.'),
    organisation: text('ODS code of the organisation whose patient record it belongs to.'),
    patient: text('Public id of the source patient.'),
    field: textOrNull('What of the entry, e.g. observations[2]; null: all of it.'),
    status: Type.Enum(['wrong-patient', 'entered-in-error', 'cancelled'], {
      description:
        '`wrong-patient`: it is about somebody else. `cancelled`: a document that was retracted.',
    }),
    receivedAt: instant(
      'When the newest message that said so was received; of a whole entry, the newest message about it.',
    ),
  },
)
type Withdrawn = Static<typeof Withdrawn>

export const WithdrawnList = list(
  Withdrawn,
  'What was taken back in the entries of this answer. Nothing of what it held is shown, except the code and text of a single fact that was entered in error.',
)

/** What was taken back, of what is answered. */
export const withdrawnOf = (entries: readonly Entry[]): Withdrawn[] =>
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

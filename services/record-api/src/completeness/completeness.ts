import { countIn } from '@tideway/record/entries/not-shown'
import { countNotFollowed } from '@tideway/record/demographics/not-followed'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { type Static, Type } from 'typebox'
import type { KnownOfChart } from '../chart/known-of-chart.ts'
import { silentSources } from './known-feed.ts'
import { accountedUpTo, judgeLine } from './line-view.ts'
import { type CompletenessReason, completenessReasons, reasonCodes, stateOf } from './reasons.ts'
import type { Presented } from '../json/schema/answer.ts'
import { list, object, optional, optionalInstant, text } from '../json/schema/values.ts'

const Reason = object('CompletenessReason', 'A reason not to claim that the record is complete.', {
  code: Type.Enum(reasonCodes),
  text: text('The reason in a sentence, for a reader.'),
  count: optional(Type.Integer({ minimum: 1 }), 'How many, where they can be counted.'),
  sources: optional(Type.Array(Type.String()), 'ODS codes of the senders it is about.'),
})

export const Completeness = object(
  'Completeness',
  'Whether everything that was acknowledged about the patient is in the record that this answer shows, or shows a part of. It is claimed only if it was checked.',
  {
    state: Type.Enum(['complete', 'incomplete', 'unknown'] as const, {
      description:
        '`complete`: nothing acknowledged more than five seconds before the answer is missing. `incomplete`: something is, or may be, as the reasons say. `unknown`: it cannot be told.',
    }),
    shownUpTo: optionalInstant(
      'Everything acknowledged before is in the record, or counted by a reason; absent if not known.',
    ),
    reasons: list(Reason, 'Empty if it is complete.'),
  },
)
export type Completeness = Presented<Static<typeof Completeness>>

/** Values of these patients that were sent, belong to no entry and are not shown. */
const ofNoEntry = (heads: readonly PatientHead[]): number =>
  heads.reduce(
    (sum, { notShownOfPatient = [], notShownBefore }) =>
      sum + countIn(notShownOfPatient) + (notShownBefore === true ? 1 : 0),
    0,
  )

/** Messages held by identity conflicts, as far as the heads say. */
const conflictsIn = (heads: readonly PatientHead[]): number =>
  heads.reduce((sum, { conflict }) => sum + (conflict?.messages.length ?? 0), 0)

const counted = (known: KnownOfChart, heads: readonly PatientHead[]) => {
  const held = heads.some(({ incomplete }) => incomplete !== null)
  return {
    parked: known.parked,
    held: Math.max(known.held, held ? 1 : 0),
    'given-up': known.dropped,
    'used-in-part': known.inPart,
    'content-not-shown': known.notShown.reduce((sum, { count }) => sum + count, ofNoEntry(heads)),
    'carriers-not-combined': known.notCombined,
    'person-not-known': known.personUnknown,
    'identity-undecided': known.undecided,
    'placeholder-number': heads.filter(({ placeholder }) => placeholder === true).length,
    'identity-conflict': Math.max(known.inConflict, conflictsIn(heads)),
    'merge-not-followed': countNotFollowed(heads),
  } satisfies Partial<Record<CompletenessReason, number>>
}

/**
 * What an answer says about whether it is complete.
 *
 * @param heads  the source patients shown together, the one requested first
 */
export const completenessOf = (
  known: KnownOfChart,
  heads: readonly PatientHead[],
  now: Date,
): Completeness => {
  const counts: Partial<Record<CompletenessReason, number>> = counted(known, heads)
  const silent = silentSources(known.feeds, accountedUpTo(known.line))
  const { reasons: ofLine, shownUpTo } = judgeLine(known.line, now.getTime())
  const holds = (code: CompletenessReason): boolean =>
    (counts[code] ?? 0) > 0 ||
    ofLine.includes(code) ||
    (code === 'feed-silent' && silent.length > 0)
  const codes = reasonCodes.filter(holds)
  return {
    state: stateOf(codes),
    shownUpTo: shownUpTo === null ? null : new Date(shownUpTo).toISOString(),
    reasons: codes.map((code) => ({
      code,
      text: completenessReasons[code].text,
      count: counts[code] ?? null,
      sources: code === 'feed-silent' ? silent : null,
    })),
  }
}

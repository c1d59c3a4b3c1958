import { raw } from '@tideway/hl7v2/lexer/fields'
import { type ResultReported, unsaid } from '@tideway/schemas/events.generated'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import { readWhen } from '../../segments/evn.ts'
import { readObservations } from '../results/observations.ts'
import type { ObservationSegments } from '../../groups/result-groups.ts'
import { statementKey } from '../../keys/business-key.ts'

/**
 * Observations of a visit without an order (vital signs, height, weight): one report per
 * observation time, so that repeats in the next message update that report and new times start
 * another.
 *
 * @see HL7 v2.5.1 chapter 3.3.1: OBX in ADT
 */
export const readVisitObservations = (
  observed: readonly ObservationSegments[],
  patientKey: string,
  encounterId: string | null,
  context: Context,
): Hl7DraftEvent[] => {
  const byTime = new Map<string, ObservationSegments[]>()
  for (const one of observed) {
    const time = raw(one.obx, 14)
    const known = byTime.get(time)
    if (known === undefined) byTime.set(time, [one])
    else known.push(one)
  }
  return [...byTime.values()].map((group) => reportOf(group, patientKey, encounterId, context))
}

const reportOf = (
  group: readonly ObservationSegments[],
  patientKey: string,
  encounterId: string | null,
  context: Context,
): Hl7DraftEvent => {
  const read = readObservations(group, context)
  const { obx } = group[0] as ObservationSegments
  const observations = read.map(({ observation }) => ({
    ...observation,
    category: observation.category ?? (isMeasured(observation) ? 'VITAL_SIGNS' : null),
  }))
  const collectedAt = observations[0]?.observedAt ?? readWhen(obx.message, null, context)
  const report: ResultReported = {
    ...unsaid.ResultReported(),
    reportId: statementKey(patientKey, context, null, ['ADT', encounterId, collectedAt]),
    service: unsaid.Coded(),
    collectedAt,
    category: observations.some(({ category }) => category === 'VITAL_SIGNS')
      ? 'VITAL_SIGNS'
      : null,
    encounterId,
    observations,
  }
  return draftEvent(
    patientKey,
    obx,
    report,
    read.map(({ bytes }) => bytes).filter((bytes) => bytes !== null),
  )
}

/** Whether an observation is a measurement: a number with a unit. */
const isMeasured = ({ valueType, unit }: ResultReported['observations'][number]): boolean =>
  unit !== null && (valueType === 'NM' || valueType === 'SN')

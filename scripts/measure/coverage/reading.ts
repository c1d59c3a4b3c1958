import type { PatientEvent, Problem } from '@tideway/schemas/events.generated'
import type { Fate } from './expected.ts'

/** The outcome of one message or FHIR file of the corpus. */
export type CorpusReading = {
  file: string
  /** Public repository it comes from, e.g. `google/simhospital`. */
  repository: string
  /** `ADT^A01`, or for FHIR `Bundle/message`. */
  type: string
  /** Null if its type is not in the table. */
  fate: Fate | null
  /** Why it cannot be mapped; null if it is well-formed. */
  malformed: string | null
  problem: Problem | null
  unused: readonly string[]
  events: readonly PatientEvent[]
}

/** Values of clinical content that the events count as not shown. */
export const notShownIn = ({ events }: Pick<CorpusReading, 'events'>): number =>
  events.reduce((sum, { notShown }) => sum + (notShown?.count ?? 0), 0)

/** Their fields and elements; of each event at most twenty are known. */
export const placesNotShown = ({ events }: Pick<CorpusReading, 'events'>): string[] =>
  events.flatMap(({ notShown }) =>
    (notShown?.places ?? []).map((place) => place.replaceAll(/\[\d+\]/g, '')),
  )

export const mustBeMapped = ({ fate, malformed }: CorpusReading): boolean =>
  malformed === null && (fate === 'events' || fate === 'kept')

/** `google__simhospital/messages/a.hl7` comes from `google/simhospital`. */
export const repositoryOf = (file: string): string =>
  (file.replace(/^_extracted\//, '').split('/')[0] ?? '').replace('__', '/')

/**
 * A rebuild in progress. While its phase is `handover`, no projector writes: the new generation and
 * the live one then end at the same offsets.
 */
export type Building = {
  generation: number
  /** Version of the rules that make its documents. */
  rules: string
  phase: 'build' | 'handover'
  /** Increases about once a second while the rebuild runs. */
  beat: number
  /** Offset from which it goes on, by partition of `patient-events.v1`; absent: from the first. */
  next: Record<string, number>
}

/**
 * Which generation of the record's collections is read and written. Collection `generations`, one
 * document; without it the first generation is live and no rebuild has run.
 */
export type RecordGenerations = {
  _id: 'record'
  current: number
  /** Number given last; a number is never given again. */
  last: number
  /** Version of the rules that made its documents; null: of a release that did not say. */
  rules: string | null
  since: Date | null
  building: Building | null
}

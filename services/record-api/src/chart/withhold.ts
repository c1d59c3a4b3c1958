import type { NotShownLine } from '@tideway/record/entries/not-shown'
import type { ArchivedMessage } from '@tideway/schemas/archive'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { Subject } from './access.ts'
import type { PurposeOfUse } from './purpose.ts'

/** How many messages and source patients are not in a record. Messages are counted once each. */
export type MissingCounts = {
  parked: number
  inConflict: number
  dropped: number
  inPart: number
  held: number
  notCombined: number
  /** Open work items about these patients. */
  undecided: number
  /** 1 while it is not known who else this patient is. */
  personUnknown: number
}

/** A message as archived, and its bytes, which may be stored apart. */
export type SourceText = { archived: ArchivedMessage; bytes: Buffer }

/**
 * What a reader may not see is removed here, and nowhere else. Every head, entry (documents among
 * them), count and source text that leaves the chart passes through one of these.
 *
 * Nothing is withheld yet: each returns what it is given.
 */
export const withholdFrom = (_subject: Subject, _purpose: PurposeOfUse) => ({
  heads: (heads: readonly PatientHead[]): PatientHead[] => [...heads],
  entries: (entries: readonly Entry[]): Entry[] => [...entries],
  counts: (counts: MissingCounts): MissingCounts => counts,
  notShown: (lines: readonly NotShownLine[]): NotShownLine[] => [...lines],
  sourceText: (text: SourceText): SourceText => text,
})

export type Withhold = ReturnType<typeof withholdFrom>

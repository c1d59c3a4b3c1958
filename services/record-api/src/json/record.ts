import type { Entry } from '@tideway/schemas/documents/entry'
import type { StatementKind } from '@tideway/schemas/documents/statement'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { Feed } from '@tideway/schemas/documents/ledger'
import { type Static, Type } from 'typebox'
import { Document, documentOf } from './document.ts'
import { Encounter, encounterOf } from './encounter.ts'
import type { EntryContext } from './entry.ts'
import { Identifier, identifiersOf } from './identifiers.ts'
import { MedicineList, medicinesOf } from './medicines.ts'
import { type Names, Patient, patientOf } from './patient.ts'
import { Person, personOf } from './person.ts'
import { Report, reportOf } from './report.ts'
import {
  bySection,
  sectionCounts,
  sectionCursors,
  sectionLists,
  type SectionName,
} from './sections.ts'
import { SourceFreshness, sourcesOf } from './sources.ts'
import { type StatementJson, statementOf, statementSchemas } from './statement.ts'
import { instant, list, object, orNull, text, textOrNull } from './values.ts'
import { Summary, summaryOf } from './summary.ts'
import { WithdrawnList, withdrawnOf } from './withdrawn.ts'
import { Whereabouts, whereaboutsOf } from './where-now.ts'

const Incomplete = object(
  'Incomplete',
  'Events of this patient that wait because one before them could not be applied.',
  {
    since: instant('Since when; nothing newer than this is sure to be shown.'),
    held: Type.Integer({ minimum: 0, description: 'How many wait.' }),
  },
)

const Count = Type.Integer({
  minimum: 0,
  description: 'Entries in this answer: all there are if `more` of the section is null.',
})

export const PatientRecord = object(
  'Record',
  'The combined record of all source patients with the same valid NHS number and date of birth.',
  {
    id: text('Public id that was asked for.'),
    asOf: instant('When this was read.'),
    complete: Type.Boolean({
      description:
        'True if nothing of these patients is known to be missing: nothing parked, held, given up or used only in part, no other source patient with this NHS number left out.',
    }),
    incomplete: orNull(Incomplete),
    parked: Type.Integer({
      minimum: 0,
      description: 'Messages about these patients that wait because they could not be understood.',
    }),
    dropped: Type.Integer({
      minimum: 0,
      description:
        'Messages about these patients that a person gave up: what they said is not here.',
    }),
    inPart: Type.Integer({
      minimum: 0,
      description:
        'Messages about these patients of which only who the patient is could be used: the visit they speak of could not be told from others.',
    }),
    notCombined: Type.Integer({
      minimum: 0,
      description:
        'Source patients that carry the same NHS number and are left out, because their date of birth is another or not known.',
    }),
    summary: Summary,
    withdrawn: WithdrawnList,
    patients: list(Patient, 'The source patients combined, the one asked for first.'),
    patient: Person,
    identifiers: list(Identifier),
    whereNow: orNull(
      Whereabouts,
      'Of the open encounters of all organisations the newest stay in a bed whose place is known, else the newest stay, else the newest visit; null if none is open as far as these sources tell.',
    ),
    alsoOpen: list(
      Whereabouts,
      'Other open encounters: nobody closed them, or organisations disagree.',
    ),
    sources: list(SourceFreshness),
    encounters: list(Encounter, 'Newest first.'),
    results: list(Report, 'Newest first.'),
    documents: list(Document, 'Newest first.'),
    medicines: MedicineList,
    ...sectionLists,
    more: object(
      'More',
      'Cursor of the rest of a section, for GET /api/patients/{id}/entries; null if all of it is here.',
      {
        encounters: textOrNull('`before` of kind=encounter.'),
        results: textOrNull('`before` of kind=report.'),
        documents: textOrNull('`before` of kind=document.'),
        ...sectionCursors,
      },
    ),
    counts: object('Counts', 'Size of each section.', {
      encounters: Count,
      results: Count,
      documents: Count,
      ...sectionCounts,
    }),
  },
)
export type PatientRecord = Omit<Static<typeof PatientRecord>, SectionName> &
  Record<SectionName, StatementJson[]>

export const AnyEntry = Type.Union([
  Encounter,
  Report,
  Document,
  ...Object.values(statementSchemas),
])
export type AnyEntry = Encounter | Report | Document | StatementJson

export const EntryPage = object('EntryPage', 'A page of one section, newest first.', {
  entries: list(AnyEntry),
  more: Type.Boolean(),
  before: textOrNull('Cursor of the next page; null if this is the last.'),
})

/** One entry for a reader. */
export const entryOf = (entry: Entry, context: EntryContext): AnyEntry => {
  switch (entry.data.kind) {
    case 'encounter':
      return encounterOf(entry, entry.data, context)
    case 'report':
      return reportOf(entry, entry.data, context)
    case 'document':
      return documentOf(entry, entry.data, context)
    default:
      return statementOf(entry, entry.data, context)
  }
}

/** A section as read, and the cursor of its rest. */
export type SectionRead = { entries: readonly Entry[]; before: string | null }

/** Everything read about a person, before it is put into words. */
export type Reading = {
  asOf: Date
  heads: readonly PatientHead[]
  notCombined: number
  parked: number
  dropped: number
  inPart: number
  held: number
  feeds: readonly Feed[]
  sections: Record<'encounters' | 'results' | 'documents', SectionRead>
  statements: Readonly<Record<StatementKind, SectionRead>>
}

const incompleteOf = ({ heads, held, asOf }: Reading): Static<typeof Incomplete> | null => {
  const since = heads.flatMap(({ incomplete }) =>
    incomplete === null ? [] : [incomplete.since.getTime()],
  )
  if (since.length === 0 && held === 0) return null
  return { since: new Date(Math.min(asOf.getTime(), ...since)).toISOString(), held }
}

type Shown = {
  encounters: Encounter[]
  results: Report[]
  documents: Document[]
  statements: Record<SectionName, StatementJson[]>
}

const shownOf = (
  { sections: { encounters, results, documents }, statements }: Reading,
  context: EntryContext,
): Shown => ({
  encounters: encounters.entries.flatMap((entry) =>
    entry.data.kind === 'encounter' ? [encounterOf(entry, entry.data, context)] : [],
  ),
  results: results.entries.flatMap((entry) =>
    entry.data.kind === 'report' ? [reportOf(entry, entry.data, context)] : [],
  ),
  documents: documents.entries.flatMap((entry) =>
    entry.data.kind === 'document' ? [documentOf(entry, entry.data, context)] : [],
  ),
  statements: bySection((kind) =>
    statements[kind].entries.map((entry) => entryOf(entry, context) as StatementJson),
  ),
})

/** The record for a reader. The first head is the one asked for. */
export const recordOf = (reading: Reading, names: Names, context: EntryContext): PatientRecord => {
  const { heads, asOf, notCombined, parked, dropped, inPart, feeds } = reading
  const incomplete = incompleteOf(reading)
  const [whereNow = null, ...alsoOpen] = whereaboutsOf(heads, names)
  const { encounters, results, documents, statements } = shownOf(reading, context)
  const before = reading.sections
  return {
    id: heads[0]?.id ?? '',
    asOf: asOf.toISOString(),
    complete:
      incomplete === null && parked === 0 && dropped === 0 && inPart === 0 && notCombined === 0,
    incomplete,
    parked,
    dropped,
    inPart,
    notCombined,
    summary: summaryOf(heads, names),
    withdrawn: withdrawnOf([
      ...reading.sections.results.entries,
      ...reading.sections.documents.entries,
      ...Object.values(reading.statements).flatMap(({ entries }) => entries),
    ]),
    patients: heads.map((head) => patientOf(head, names)),
    patient: personOf(heads, names),
    identifiers: identifiersOf(heads),
    whereNow,
    alsoOpen,
    sources: sourcesOf(heads, feeds, names),
    encounters,
    results,
    documents,
    medicines: medicinesOf(
      reading.statements.prescription.entries,
      reading.statements.dispense.entries,
      reading.statements.administration.entries,
    ),
    ...statements,
    more: {
      encounters: before.encounters.before,
      results: before.results.before,
      documents: before.documents.before,
      ...bySection((kind) => reading.statements[kind].before),
    },
    counts: {
      encounters: encounters.length,
      results: results.length,
      documents: documents.length,
      ...bySection((kind) => reading.statements[kind].entries.length),
    },
  }
}

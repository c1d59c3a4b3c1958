import type { Entry } from '@tideway/schemas/documents/entry'
import type { StatementKind } from '@tideway/schemas/documents/statement'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { type Static, Type } from 'typebox'
import type { KnownOfChart } from '../chart/known-of-chart.ts'
import type { Presented } from './schema/answer.ts'
import { entryOf } from './any-entry.ts'
import { Completeness, completenessOf } from '../completeness/completeness.ts'
import { DocumentAnswer, documentOf } from './document.ts'
import { EncounterAnswer, encounterOf } from './encounter.ts'
import type { EntryContext } from './entry.ts'
import { Identifier, identifiersOf } from './identifiers.ts'
import { MedicineList, medicinesOf } from './medicines.ts'
import { type Names, PatientAnswer, patientOf } from './patient.ts'
import { Person, personOf } from './person.ts'
import { ReportAnswer, reportOf } from './report.ts'
import {
  bySection,
  sectionCounts,
  sectionCursors,
  sectionLists,
  type SectionName,
} from './sections.ts'
import { SourceFreshness, sourcesOf } from './sources.ts'
import type { StatementJson } from './statement.ts'
import { instant, list, object, optional, optionalText, publicIdText } from './schema/values.ts'
import { summaryNotShown } from './not-shown.ts'
import { Summary } from './schema/summary.ts'
import { summaryOf } from './summary.ts'
import { WithdrawnList, withdrawnOf } from './withdrawn.ts'
import { Whereabouts, whereaboutsOf } from './where-now.ts'

const Incomplete = object(
  'Incomplete',
  'Events of this patient that are held because an earlier one could not be applied.',
  {
    since: instant('Since when; anything newer may be missing.'),
    held: Type.Integer({ minimum: 0, description: 'Number of events held.' }),
  },
)

const Count = Type.Integer({
  minimum: 0,
  description: 'Entries in this answer: all there are, unless `more` has the section.',
})

export const PatientRecord = object(
  'Record',
  'The combined record of all source patients with the same valid NHS number and date of birth.',
  {
    id: publicIdText('Public id requested.'),
    asOf: instant('When the record was read.'),
    completeness: Completeness,
    complete: Type.Boolean({ description: 'True only if `completeness.state` is `complete`.' }),
    incomplete: optional(Incomplete),
    parked: Type.Integer({
      minimum: 0,
      description:
        'Messages about these patients that are parked because they could not be understood.',
    }),
    dropped: Type.Integer({
      minimum: 0,
      description:
        'Messages about these patients that an operator dropped; their content is not here.',
    }),
    inPart: Type.Integer({
      minimum: 0,
      description:
        'Messages about these patients of which only the demographics are used: their visit could not be identified.',
    }),
    notCombined: Type.Integer({
      minimum: 0,
      description:
        'Source patients with the same NHS number that are left out, because their date of birth differs or is not known.',
    }),
    summary: Summary,
    withdrawn: WithdrawnList,
    patients: list(PatientAnswer, 'The source patients combined, the one requested first.'),
    patient: Person,
    identifiers: list(Identifier),
    whereNow: optional(
      Whereabouts,
      'The open encounter, of all organisations, that says where the patient is: the newest inpatient stay with a known location, else the newest stay, else the newest visit. Absent if no encounter is known to be open.',
    ),
    alsoOpen: list(
      Whereabouts,
      'Other open encounters: not closed yet, or organisations disagree.',
    ),
    sources: list(SourceFreshness),
    encounters: list(EncounterAnswer, 'Newest first.'),
    reports: list(ReportAnswer, 'Newest first.'),
    documents: list(DocumentAnswer, 'Newest first.'),
    medicines: MedicineList,
    ...sectionLists,
    more: object(
      'More',
      'Cursor of the rest of a section, for GET /api/patients/{id}/entries; absent if the section is complete.',
      {
        encounters: optionalText('`before` of kind=encounter.'),
        reports: optionalText('`before` of kind=report.'),
        documents: optionalText('`before` of kind=document.'),
        ...sectionCursors,
      },
    ),
    counts: object('Counts', 'Entries in each section of this answer.', {
      encounters: Count,
      reports: Count,
      documents: Count,
      ...sectionCounts,
    }),
  },
)
export type PatientRecord = Omit<Static<typeof PatientRecord>, SectionName> &
  Record<SectionName, StatementJson[]>

/** A section as read, and the cursor of the rest. */
export type SectionRead = { entries: readonly Entry[]; before: string | null }

/** Everything read about a person. */
export type RecordReading = KnownOfChart & {
  asOf: Date
  heads: readonly PatientHead[]
  sections: Record<'encounters' | 'reports' | 'documents', SectionRead>
  statements: Readonly<Record<StatementKind, SectionRead>>
}

const incompleteOf = ({ heads, held, asOf }: RecordReading): Static<typeof Incomplete> | null => {
  const since = heads.flatMap(({ incomplete }) =>
    incomplete === null ? [] : [incomplete.since.getTime()],
  )
  if (since.length === 0 && held === 0) return null
  return { since: new Date(Math.min(asOf.getTime(), ...since)).toISOString(), held }
}

type Shown = {
  encounters: Presented<EncounterAnswer>[]
  reports: Presented<ReportAnswer>[]
  documents: Presented<DocumentAnswer>[]
  statements: Record<SectionName, Presented<StatementJson>[]>
}

const shownOf = (
  { sections: { encounters, reports, documents }, statements }: RecordReading,
  context: EntryContext,
): Shown => ({
  encounters: encounters.entries.flatMap((entry) =>
    entry.data.kind === 'encounter' ? [encounterOf(entry, entry.data, context)] : [],
  ),
  reports: reports.entries.flatMap((entry) =>
    entry.data.kind === 'report' ? [reportOf(entry, entry.data, context)] : [],
  ),
  documents: documents.entries.flatMap((entry) =>
    entry.data.kind === 'document' ? [documentOf(entry, entry.data, context)] : [],
  ),
  statements: bySection((kind) =>
    statements[kind].entries.map((entry) => entryOf(entry, context) as Presented<StatementJson>),
  ),
})

/** The record as an answer. The first head is the one requested. */
export const recordOf = (
  reading: RecordReading,
  names: Names,
  context: EntryContext,
): Presented<PatientRecord> => {
  const { heads, asOf, notCombined, parked, dropped, inPart } = reading
  const incomplete = incompleteOf(reading)
  const completeness = completenessOf(reading, heads, asOf)
  const [whereNow = null, ...alsoOpen] = whereaboutsOf(heads, names)
  const { encounters, reports, documents, statements } = shownOf(reading, context)
  const before = reading.sections
  return {
    id: heads[0]?.id ?? '',
    asOf: asOf.toISOString(),
    completeness,
    complete: completeness.state === 'complete',
    incomplete,
    parked,
    dropped,
    inPart,
    notCombined,
    summary: {
      ...summaryOf(heads, names, asOf),
      notShown: summaryNotShown(heads, reading.notShown),
    },
    withdrawn: withdrawnOf([
      ...reading.sections.reports.entries,
      ...reading.sections.documents.entries,
      ...Object.values(reading.statements).flatMap(({ entries }) => entries),
    ]),
    patients: heads.map((head) => patientOf(head, names)),
    patient: personOf(heads, names),
    identifiers: identifiersOf(heads),
    whereNow,
    alsoOpen,
    sources: sourcesOf(heads, reading, names),
    encounters,
    reports,
    documents,
    medicines: medicinesOf(
      reading.statements.prescription.entries,
      reading.statements.dispense.entries,
      reading.statements.administration.entries,
    ),
    ...statements,
    more: {
      encounters: before.encounters.before,
      reports: before.reports.before,
      documents: before.documents.before,
      ...bySection((kind) => reading.statements[kind].before),
    },
    counts: {
      encounters: encounters.length,
      reports: reports.length,
      documents: documents.length,
      ...bySection((kind) => reading.statements[kind].entries.length),
    },
  }
}

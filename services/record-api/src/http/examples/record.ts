import type { Static } from 'typebox'
import { completenessReasons } from '../../completeness/reasons.ts'
import type { EntryPage } from '../../json/any-entry.ts'
import type { PatientRecord } from '../../json/record.ts'
import { bySection } from '../../json/sections.ts'
import { encounter, whereNow } from './encounter.ts'
import { completeness, patient, person } from './patient.ts'
import { report } from './report.ts'
import { receivedAt, statedIn } from './stated.ts'

const organisationName = "King's College Hospital NHS Foundation Trust"
const none = { lines: [], cut: false }

const reportLine = {
  entry: report.id,
  organisation: 'RJZ',
  organisationName,
  patient: patient.id,
  lastReceivedAt: receivedAt,
  behind: false,
  at: '2026-11-22T08:40:00+00:00',
  name: 'Urea and electrolytes',
  status: report.status,
  statusAsSent: 'F',
  abnormal: [{ name: 'Potassium', value: '6.4', unit: 'mmol/L', flag: 'H', computed: false }],
}

export const record: PatientRecord = {
  id: patient.id,
  asOf: '2026-11-22T09:20:00.000Z',
  completeness,
  complete: true,
  parked: 0,
  dropped: 0,
  inPart: 0,
  notCombined: 0,
  summary: {
    allergies: { ...none, contradiction: false },
    problems: none,
    medicines: none,
    alerts: none,
    reports: { lines: [reportLine], cut: false },
    notShown: { count: 0, lines: [], cut: false },
  },
  withdrawn: [],
  medicines: [],
  patients: [patient],
  patient: person,
  identifiers: [
    {
      value: '1234567',
      type: 'MR',
      authority: 'KCH',
      organisation: 'RJZ',
      patient: patient.id,
      source: 'RJZ',
      receivedAt,
      ...statedIn('PID[1]'),
    },
  ],
  whereNow,
  alsoOpen: [],
  sources: [
    {
      source: 'RJZ',
      sourceName: organisationName,
      organisation: 'RJZ',
      patient: patient.id,
      lastMessageAt: '2026-11-22T09:15:01.000Z',
      lastReceivedAt: receivedAt,
      feedLastHeardAt: '2026-11-22T09:19:58.220Z',
      feed: 'usual',
    },
  ],
  encounters: [encounter],
  reports: [report],
  documents: [],
  ...bySection(() => []),
  more: {},
  counts: { encounters: 1, reports: 1, documents: 0, ...bySection(() => 0) },
}

export const entryPage: Static<typeof EntryPage> = {
  completeness: {
    state: 'incomplete',
    shownUpTo: '2026-11-22T09:19:59.400Z',
    reasons: [{ code: 'parked', text: completenessReasons.parked.text, count: 1 }],
  },
  complete: false,
  entries: [report],
  more: false,
}

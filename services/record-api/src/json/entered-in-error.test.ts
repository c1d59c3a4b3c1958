import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import {
  bundle,
  observation,
  patient,
  rules,
  subject,
  system,
  trust,
} from '@tideway/fhir-ingest/sender.fixture'
import { clinicalAlerts } from '@tideway/record/alerts/clinical-alerts'
import { folds } from '@tideway/projector/apply/apply-events'
import { withLinesAnew } from '@tideway/record/summary/head-lines'
import { project } from '@tideway/projector/apply/project'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { statementKinds } from '@tideway/schemas/documents/statement'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { askedOf } from '../provenance/wanted.ts'
import { type AnyEntry, entryOf, PatientRecord, type Reading, recordOf } from './record.ts'

/**
 * Words of what is sent that nobody may read once it was taken back, and the name of a fact, which
 * is read with its status.
 */
const secret = 'SECRET'
const name = 'Furosemide'
const coded = (text: string) => ({ coding: [{ code: 'C1', display: text }], text })
const word = (of: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${of}`, code }],
})
const status = { status: 'entered-in-error' }
const when = '2026-07-01T09:00:00+01:00'
const flagged = {
  valueString: secret,
  interpretation: [word('v3-ObservationInterpretation', 'HH')],
  note: [{ text: secret }],
  effectiveDateTime: when,
}
const ofReport = observation('K', flagged)
const pressure = observation('BP', {
  component: [
    {
      code: coded('Systolic'),
      valueString: secret,
      interpretation: [word('v3-ObservationInterpretation', 'HH')],
    },
  ],
})
const attachment = {
  content: [
    {
      attachment: {
        title: secret,
        contentType: 'text/plain',
        data: Buffer.from(secret).toString('base64'),
      },
    },
  ],
}

type Row = {
  type: string
  /** What is sent beside its type, its number and its patient. */
  said: object
  /** What takes it back. */
  back?: object
  /**
   * Elements that must be there even if nothing else is said, and those that may not be beside what
   * takes it back.
   */
  required?: string[]
  not?: string[]
  who?: 'patient' | 'for'
  kind: Entry['kind']
  before: string
  after?: string
  /** Section of the summary, or the other place where it counts while it stands. */
  counts?: 'allergies' | 'problems' | 'medicines' | 'alerts' | 'reports' | 'line' | 'whereNow'
  alarms?: string[]
}

const rows: Row[] = [
  {
    type: 'Observation',
    said: { status: 'final', code: coded('Potassium'), ...flagged },
    required: ['code'],
    kind: 'report',
    before: 'final',
    counts: 'reports',
    alarms: ['RESULT_RETRACTED'],
  },
  {
    type: 'Observation',
    said: pressure,
    required: ['code'],
    kind: 'report',
    before: 'final',
    counts: 'reports',
    alarms: ['RESULT_RETRACTED'],
  },
  {
    type: 'DiagnosticReport',
    said: {
      status: 'final',
      code: coded('Urea'),
      effectiveDateTime: when,
      issued: when,
      conclusion: secret,
      conclusionCode: [coded(secret)],
      result: [{ reference: 'urn:uuid:o' }],
    },
    required: ['code'],
    kind: 'report',
    before: 'final',
    counts: 'reports',
    alarms: ['RESULT_RETRACTED'],
  },
  {
    type: 'MedicationRequest',
    said: {
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: coded(name),
      authoredOn: '2026-07-01',
    },
    required: ['intent', 'medicationCodeableConcept'],
    kind: 'prescription',
    before: 'active',
    counts: 'medicines',
  },
  {
    type: 'MedicationStatement',
    said: { status: 'active', medicationCodeableConcept: coded(name) },
    required: ['medicationCodeableConcept'],
    kind: 'prescription',
    before: 'active',
    counts: 'medicines',
  },
  {
    type: 'MedicationDispense',
    said: { status: 'completed', medicationCodeableConcept: coded(name) },
    required: ['medicationCodeableConcept'],
    kind: 'dispense',
    before: 'completed',
    counts: 'line',
  },
  {
    type: 'MedicationAdministration',
    said: { status: 'completed', medicationCodeableConcept: coded(name), effectiveDateTime: when },
    required: ['medicationCodeableConcept', 'effectiveDateTime'],
    kind: 'administration',
    before: 'completed',
    counts: 'line',
  },
  {
    type: 'Immunization',
    who: 'patient',
    said: { status: 'completed', vaccineCode: coded(name), occurrenceDateTime: '2026-07-01' },
    required: ['vaccineCode', 'occurrenceDateTime'],
    kind: 'immunization',
    before: 'completed',
  },
  {
    type: 'Procedure',
    said: { status: 'completed', code: coded(name), performedDateTime: '2026-07-01' },
    kind: 'procedure',
    before: 'completed',
  },
  {
    type: 'Condition',
    said: {
      clinicalStatus: word('condition-clinical', 'active'),
      verificationStatus: word('condition-ver-status', 'confirmed'),
      code: coded(name),
    },
    back: { verificationStatus: word('condition-ver-status', 'entered-in-error') },
    not: ['clinicalStatus'],
    kind: 'condition',
    before: 'active',
    counts: 'problems',
  },
  {
    type: 'AllergyIntolerance',
    who: 'patient',
    said: { clinicalStatus: word('allergyintolerance-clinical', 'active'), code: coded(name) },
    back: { verificationStatus: word('allergyintolerance-verification', 'entered-in-error') },
    not: ['clinicalStatus'],
    kind: 'allergy',
    before: 'active',
    counts: 'allergies',
  },
  {
    type: 'Flag',
    said: { status: 'active', code: coded(name) },
    required: ['code'],
    kind: 'alert',
    before: 'active',
    counts: 'alerts',
  },
  {
    type: 'ServiceRequest',
    said: { status: 'active', intent: 'order', code: coded(name) },
    required: ['intent'],
    kind: 'request',
    before: 'active',
  },
  {
    type: 'Appointment',
    said: {
      status: 'booked',
      start: '2026-07-02T09:00:00Z',
      end: '2026-07-02T09:30:00Z',
      participant: [{ actor: subject, status: 'accepted' }],
    },
    required: ['participant', 'start', 'end'],
    kind: 'appointment',
    before: 'booked',
  },
  {
    type: 'Encounter',
    said: {
      status: 'in-progress',
      class: { code: 'IMP' },
      period: { start: when },
      location: [{ location: { display: 'PICU' } }],
    },
    required: ['class'],
    kind: 'encounter',
    before: 'open',
    after: 'cancelled',
    counts: 'whereNow',
  },
  {
    type: 'DocumentReference',
    said: {
      status: 'current',
      docStatus: 'final',
      type: coded('Letter'),
      description: secret,
      author: [{ display: secret }],
      ...attachment,
    },
    required: ['content'],
    kind: 'document',
    before: 'final',
    alarms: ['DOCUMENT_RETRACTED'],
  },
  {
    type: 'DocumentReference',
    said: { status: 'current', type: coded('Letter'), description: secret, ...attachment },
    back: { status: 'current', docStatus: 'entered-in-error' },
    required: ['content'],
    kind: 'document',
    before: 'final',
    alarms: ['DOCUMENT_RETRACTED'],
  },
  {
    type: 'Composition',
    said: {
      status: 'final',
      type: coded('Letter'),
      date: when,
      author: [{ display: secret }],
      title: secret,
      section: [{ title: secret, entry: [{ display: secret }] }],
    },
    required: ['type', 'date', 'author', 'title'],
    kind: 'resource',
    before: 'completed',
    alarms: ['DOCUMENT_RETRACTED'],
  },
  {
    type: 'CarePlan',
    said: { status: 'active', intent: 'plan', title: secret, description: secret },
    required: ['intent'],
    kind: 'resource',
    before: 'active',
  },
  {
    type: 'CareTeam',
    said: { status: 'active', name: secret },
    kind: 'resource',
    before: 'active',
  },
  {
    type: 'Goal',
    said: { lifecycleStatus: 'active', description: { text: secret } },
    back: { lifecycleStatus: 'entered-in-error' },
    required: ['description'],
    kind: 'resource',
    before: 'active',
  },
  {
    type: 'Task',
    who: 'for',
    said: { status: 'requested', intent: 'order', description: secret },
    required: ['intent'],
    kind: 'resource',
    before: 'draft',
  },
  {
    type: 'List',
    said: { status: 'current', mode: 'working', title: secret },
    required: ['mode'],
    kind: 'resource',
    before: 'active',
  },
  {
    type: 'EpisodeOfCare',
    who: 'patient',
    said: { status: 'active', diagnosis: [{ condition: { display: secret } }] },
    kind: 'resource',
    before: 'active',
  },
  {
    type: 'QuestionnaireResponse',
    said: {
      status: 'completed',
      authored: when,
      item: [{ linkId: '1', text: secret, answer: [{ valueString: secret }] }],
    },
    kind: 'resource',
    before: 'completed',
  },
  {
    type: 'FamilyMemberHistory',
    who: 'patient',
    said: { status: 'completed', relationship: coded('Mother'), note: [{ text: secret }] },
    required: ['relationship'],
    kind: 'resource',
    before: 'completed',
  },
  {
    type: 'Consent',
    who: 'patient',
    said: {
      status: 'active',
      scope: word('consentscope', 'treatment'),
      category: [coded('Consent')],
      policyRule: { text: secret },
    },
    required: ['scope', 'category', 'policyRule'],
    kind: 'resource',
    before: 'active',
  },
  {
    type: 'ImagingStudy',
    said: { status: 'available', started: when, description: secret },
    kind: 'resource',
    before: 'active',
  },
  {
    type: 'Device',
    who: 'patient',
    said: { status: 'active', note: [{ text: secret }] },
    kind: 'resource',
    before: 'active',
  },
]

const pick = (of: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(of).filter(([one]) => names.includes(one)))

/** As it was with another status, or nothing but what must be said. */
const takenBack = (
  { said, back = status, required = [], not = [] }: Row,
  bare: boolean,
): object => ({
  ...(bare
    ? pick(said, required)
    : Object.fromEntries(Object.entries(said).filter(([one]) => !not.includes(one)))),
  ...back,
})

const eventsOf = (resources: object[], minute: number): PatientEvent[] => {
  const sent = {
    ...bundle('collection', { fullUrl: 'urn:uuid:p', resource: patient() }, ...resources),
    timestamp: new Date(Date.UTC(2026, 6, 1, 9, minute)).toISOString(),
  }
  const { faults, problem, events } = normalise(
    {
      source: trust,
      bytes: Buffer.from(JSON.stringify(sent)),
      receivedAt: Date.UTC(2026, 6, 1, 10, minute) * 1000,
    },
    rules,
  )
  expect([faults, problem]).toEqual([[], null])
  return events
}

const toldOf = ({ type, who }: Row, said: object, minute: number): PatientEvent[] => {
  const about = type === 'Appointment' ? {} : { [who ?? 'subject']: subject }
  const number = { system: system('X99', 'report'), value: 'N1' }
  const resource = {
    ...said,
    resourceType: type,
    identifier: type === 'QuestionnaireResponse' || type === 'Composition' ? number : [number],
    ...about,
  }
  const beside = 'result' in said ? [{ fullUrl: 'urn:uuid:o', resource: ofReport }] : []
  return eventsOf([{ resource }, ...beside], minute)
}

type Documents = {
  heads: Map<string, PatientHead>
  entries: Map<string, Entry>
  applied: Map<string, number>
}

const stored = (...messages: PatientEvent[][]): Documents => {
  const documents: Documents = { heads: new Map(), entries: new Map(), applied: new Map() }
  for (const events of messages) {
    const arrivals = events.map((event, offset) => ({
      patient: event.patientKey,
      offset,
      event,
      record: Buffer.alloc(0),
      messageId: event.messageId,
      eventId: event.id,
      source: event.source,
      traceparent: null,
    }))
    for (const { head, entries, uncertain } of project(
      0,
      arrivals,
      { ...documents, held: new Map() },
      folds,
      new Date(0),
    )) {
      for (const entry of entries) documents.entries.set(entry._id, entry)
      documents.heads.set(
        head._id,
        uncertain.reduce(
          (known, kind) =>
            withLinesAnew(
              known,
              kind,
              [...documents.entries.values()].filter((entry) => entry.kind === kind),
            ),
          head,
        ),
      )
    }
  }
  return documents
}

const context = { archive: new Map() }
const recordIn = ({ heads, entries }: Documents): PatientRecord => {
  const of = (kind: Entry['kind']) => ({
    entries: [...entries.values()].filter((entry) => entry.kind === kind),
    before: null,
  })
  const statements = Object.fromEntries(
    statementKinds.map((kind) => [kind, of(kind)]),
  ) as unknown as Reading['statements']
  const sections = { encounters: of('encounter'), results: of('report'), documents: of('document') }
  return recordOf(
    {
      asOf: new Date(0),
      heads: [...heads.values()],
      notCombined: 0,
      parked: 0,
      dropped: 0,
      inPart: 0,
      held: 0,
      feeds: [],
      sections,
      statements,
    },
    new Map(),
    context,
  )
}

const entryIn = (
  { entries }: Documents,
  kind: Entry['kind'],
): { entry: Entry; shown: AnyEntry } => {
  const [entry, ...others] = [...entries.values()].filter((one) => one.kind === kind)
  expect(others).toEqual([])
  return { entry: entry as Entry, shown: entryOf(entry as Entry, context) }
}

/** What of it a clinician is shown at first sight. */
const countsIn = (
  { summary, medicines, whereNow }: PatientRecord,
  counts: Row['counts'],
): unknown[] => {
  if (counts === undefined) return []
  if (counts === 'whereNow') return whereNow === null ? [] : [whereNow]
  if (counts === 'line') return medicines.filter(({ line }) => !line.includes('entered-in-error'))
  if (counts === 'reports')
    return summary.reports.lines.filter(({ abnormal }) => abnormal.length > 0)
  return summary[counts].lines
}

const cases = rows.flatMap((row) =>
  [false, true].flatMap((bare) =>
    [false, true].map(
      (late) =>
        [
          row.type,
          row.kind,
          bare ? 'with nothing else said' : 'as it was',
          late ? 'heard before it' : 'heard after it',
          { row, bare, late },
        ] as const,
    ),
  ),
)

test.each(cases)(
  '%s (%s) taken back %s, %s: it is shown that it was there and was withdrawn, and it no longer counts',
  (_type, _kind, _how, _order, { row, bare, late }) => {
    const said = toldOf(row, row.said, 0)
    const before = stored(said)
    expect(entryIn(before, row.kind).shown.status).toBe(row.before)
    expect(countsIn(recordIn(before), row.counts)).toHaveLength(row.counts === undefined ? 0 : 1)
    expect(recordIn(before).withdrawn).toEqual([])

    const back = toldOf(row, takenBack(row, bare), 1)
    const documents = late ? stored(back, said) : stored(said, back)
    const record = recordIn(documents)
    expect([...Value.Errors(PatientRecord, record)]).toEqual([])
    const { entry, shown } = entryIn(documents, row.kind)
    expect(shown.status).toBe(row.after ?? 'entered-in-error')
    expect(countsIn(record, row.counts)).toEqual([])
    expect(record.withdrawn).toMatchObject(
      row.kind === 'encounter'
        ? []
        : [{ entry: shown.id, kind: row.kind, field: null, status: 'entered-in-error' }],
    )
    expect(record.withdrawn).toHaveLength(row.kind === 'encounter' ? 0 : 1)

    const text = JSON.stringify(record)
    for (const words of [secret, Buffer.from(secret).toString('base64')])
      expect(text).not.toContain(words)
    expect(text).toContain('N1')
    if (row.kind !== 'document')
      expect(JSON.stringify([...askedOf(entry, shown, null).byMessage])).not.toContain(
        `"field":["said","json"]`,
      )

    expect(
      back.flatMap((event) =>
        clinicalAlerts(event).map(({ code, tell }) => [code, tell.at(-1)?.role]),
      ),
    ).toEqual((row.alarms ?? []).map((code) => [code, 'SENDER']))
  },
)

const pair = [flagged, pressure].flatMap((said) =>
  [{ id: 'o1' }, { id: 'o2', identifier: [{ system: system('X99', 'report'), value: 'K1' }] }].map(
    (named) => ({ ...observation('K', {}), ...said, ...named }),
  ),
)
const times = pair.flatMap((said, index) =>
  [false, true].flatMap((bare) =>
    [false, true].map(
      (late) =>
        [
          index % 2 === 0 ? 'id' : 'number',
          'component' in said ? 'in parts' : 'whole',
          bare ? 'with nothing else said' : 'as it was',
          late ? 'before' : 'after',
          { said, bare, late },
        ] as const,
    ),
  ),
)

test.each(times)(
  'an Observation with a %s, %s, taken back by itself %s, heard of %s the report that holds it: nobody reads its value',
  (_name, _parts, _how, _order, { said, bare, late }) => {
    const report = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      identifier: [{ system: system('X99', 'report'), value: 'N1' }],
      code: coded('Urea'),
      subject,
      result: [{ reference: 'urn:uuid:o' }],
    }
    const reported = eventsOf([{ resource: report }, { fullUrl: 'urn:uuid:o', resource: said }], 0)
    expect(JSON.stringify(recordIn(stored(reported)))).toContain(secret)

    const back = eventsOf(
      [
        {
          resource: {
            ...(bare ? pick(said, ['resourceType', 'id', 'identifier', 'code', 'subject']) : said),
            ...status,
          },
        },
      ],
      1,
    )
    const record = recordIn(late ? stored(back, reported) : stored(reported, back))
    expect([...Value.Errors(PatientRecord, record)]).toEqual([])
    expect(JSON.stringify(record)).not.toContain(secret)
    const held = record.results.find(({ fillerNumber }) => fillerNumber === 'N1')
    expect(held?.observations.map((one) => one.status)).toEqual(
      [...new Set(held?.observations.map(({ key }) => key))].map(() => 'entered-in-error'),
    )
    expect(record.summary.reports.lines.filter(({ abnormal }) => abnormal.length > 0)).toEqual([])
  },
)

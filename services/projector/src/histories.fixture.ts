import type { Coded, EventBody, Identifier, Location, Observation, PatientDetailsReported, PatientEvent, ResultReported, Visit } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import type { EncounterEvent } from './entries/encounter.ts'

/** Made-up events for the tests of the folds. Times are minutes after a fixed day's midnight UTC unless said otherwise. */
export const patient = 'RJZ|T100'
const midnight = Date.UTC(2026, 6, 1)
const minuteMs = 60_000

/** ISO 8601 with an offset that changes from one minute to the next, so that texts and instants sort differently. */
export const at = (minute: number): string => {
  const offsetHours = Math.abs(minute) % 2
  return new Date(midnight + minute * minuteMs + offsetHours * 60 * minuteMs).toISOString().replace('.000Z', `+0${offsetHours}:00`)
}

export const coded = (code: string, text: string | null = null): Coded => ({ code, text, system: null, alternateCode: null, alternateText: null, alternateSystem: null })
export const ward = (pointOfCare: string): Location => ({ pointOfCare, room: null, bed: null, facility: null, building: null, floor: null, description: null })
export const identifier = (value: string, type = 'MR'): Identifier => ({ value, authority: 'RJZ', organisation: 'RJZ', type, status: null })

const nothingSaid: Visit = {
  visitNumber: null, patientClass: null, location: null, priorLocation: null, temporaryLocation: null, pendingLocation: null, attending: [], referring: [],
  consulting: [], admitting: [], service: null, admissionType: null, admitSource: null, reason: null, dischargeDisposition: null, dischargedTo: null,
  admittedAt: null, dischargedAt: null, account: null,
}

export const visit = (type: EncounterEvent['type'], time: string | null, details: Partial<Visit> = {}, encounterId = 'V1'): EncounterEvent => ({
  type,
  encounterId,
  at: time,
  visit: { ...nothingSaid, ...details },
})

export const details = (said: Partial<PatientDetailsReported>): PatientDetailsReported => ({
  type: 'PatientDetailsReported', identifiers: [], nhsNumber: null, nhsNumberStatus: null, names: [], birthDate: null, sex: null, deceased: null, diedAt: null,
  addresses: [], telecoms: [], language: null, maritalStatus: null, religion: null, ethnicity: null, gpPractice: null, gp: null, deleted: [], ...said,
})

export const observation = (status: string | null, value: string | null, more: Partial<Observation> = {}): Observation => ({
  key: 'K', code: coded('K', 'Potassium'), subId: null, valueType: 'NM', value, coded: null, attachment: null, unit: coded('mmol/L'), range: null, flags: [], status,
  observedAt: null, analysedAt: null, producer: null, method: null, bodySite: null, notes: [], place: 'OBX[1]', ...more,
})

export const result = (observations: Observation[], more: Partial<ResultReported> = {}): ResultReported => ({
  type: 'ResultReported', reportId: 'R1', placerNumber: null, fillerNumber: 'F1', service: coded('UE', 'Urea and electrolytes'), status: null, section: null,
  requestedAt: null, collectedAt: null, receivedAt: null, issuedAt: null, specimen: null, requesters: [], interpreters: [], encounterId: null, observations,
  notes: [], copyTo: [], ...more,
})

const segment: Partial<Record<EventBody['type'], string>> = { PatientDetailsReported: 'PID[1]', ResultReported: 'OBR[1]', DocumentReported: 'OBX[1]' }

/** @param sent  minute it was sent and received */
export const event = (body: EventBody, sent: number, more: Partial<PatientEvent> = {}): PatientEvent => ({
  id: `m${sent}.0`,
  messageId: `m${sent}`,
  source: 'RJZ',
  patientKey: patient,
  receivedAt: (midnight + sent * minuteMs) * 1000 + 1,
  sentAt: midnight + sent * minuteMs,
  place: segment[body.type] ?? 'PV1[1]',
  body,
  ...more,
})

const minute = fc.integer({ min: 0, max: 60 })
const time = fc.oneof(minute.map(at), minute.map((minutes) => at(minutes * 60)), fc.constantFrom('2026-07-01', '2026-07-02', null))
const location = fc.option(fc.constantFrom('ED', 'PICU', 'Ward 5').map(ward), { nil: null })
const encounterTypes = [
  'PatientAdmitted', 'PatientPreAdmitted', 'PatientTransferred', 'PatientDischarged', 'PatientClassChanged', 'VisitUpdated', 'PatientDeparted', 'PatientArrived',
  'AdmissionCancelled', 'TransferCancelled', 'DischargeCancelled',
] as const

const visits = fc
  .record({
    type: fc.constantFrom(...encounterTypes), when: time, place: location, temporaryLocation: location, encounterId: fc.constantFrom('V1', 'V2'),
    patientClass: fc.constantFrom('INPATIENT', 'OUTPATIENT', 'EMERGENCY', 'PREADMIT', null), admittedAt: time, dischargedAt: time, service: fc.constantFrom('100', '420', null),
  })
  .map(({ type, when, place, encounterId, ...said }): EventBody => visit(type, when, { ...said, location: place }, encounterId))

const demographics = fc
  .record({
    nhsNumber: fc.constantFrom('9434765919', '9434765870', null), birthDate: fc.constantFrom('2015-03-04', '2015-03-05', null), sex: fc.constantFrom('MALE', 'FEMALE', null),
    identifiers: fc.uniqueArray(fc.constantFrom('T100', 'T101', 'T102').map((value) => identifier(value)), { selector: ({ value }) => value }),
    names: fc.constantFrom<PatientDetailsReported['names']>([], [{ family: 'Test', given: ['A'], prefix: null, suffix: null, use: 'L' }]),
    deleted: fc.subarray(['nhsNumber', 'names', 'sex']),
  })
  .map((said): EventBody => details(said))

const observations = fc.uniqueArray(
  fc
    .record({ key: fc.constantFrom('K', 'NA', 'CREA'), status: fc.constantFrom('A', 'B', 'C', 'D', 'F', 'I', 'N', 'O', 'P', 'R', 'S', 'U', 'V', 'W', 'X', '?', null), value: fc.constantFrom('1', '2', '3', null), analysedAt: time, flags: fc.constantFrom<string[]>([], ['HH'], ['L']) })
    .map(({ key, ...said }) => observation(said.status, said.value, { ...said, key, code: coded(key) })),
  { selector: ({ key }) => key, maxLength: 3 },
)

const results = fc
  .record({ observed: observations, status: fc.constantFrom('O', 'I', 'S', 'P', 'R', 'A', 'F', 'C', 'M', 'X', 'Y', 'Z', null), issuedAt: time, collectedAt: time, reportId: fc.constantFrom('R1', 'R2') })
  .map(({ observed, ...said }): EventBody => result(observed.map((each, index) => ({ ...each, place: `OBX[${index + 1}]` })), said))

const documents = fc
  .record({ status: fc.constantFrom('P', 'F', 'C', 'D', 'W', 'U', null), title: fc.constantFrom('Letter', 'Plan'), at: time })
  .map((said): EventBody => ({ type: 'DocumentReported', documentId: 'D1', kind: null, reportId: null, ...said, attachment: { hash: said.title, object: null, pointer: null, contentType: null, size: 1, title: said.title } }))

const merges = minute.map((sent): EventBody => ({ type: 'PatientsMerged', surviving: [], prior: [], priorKeys: [`RJZ|P${sent}`], priorAccount: null, priorVisit: null, priorNames: [], mergedAt: at(sent) }))

/** What one patient's record could be told of, each event a message of its own; several may have been sent at the same time. */
export const histories = fc
  .array(fc.record({ body: fc.oneof(visits, visits, demographics, results, results, documents, merges), sent: minute, source: fc.constantFrom('RJZ', 'RJZ', 'LAB') }), { minLength: 1, maxLength: 25 })
  .map((told) => told.map(({ body, sent, source }, index) => event(body, sent, { id: `m${index}.0`, messageId: `m${index}`, source })))

/** An order with repetitions in which the same events could come. */
export const shuffled = (events: readonly PatientEvent[]): fc.Arbitrary<PatientEvent[]> =>
  fc
    .tuple(fc.shuffledSubarray([...events], { minLength: events.length, maxLength: events.length }), fc.array(fc.constantFrom(...events), { maxLength: 8 }))
    .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length, maxLength: all.length + again.length }))

/** Histories of several patients, mixed as a partition has them. */
export const mixed = (patients: number, seed: number): PatientEvent[] =>
  fc
    .sample(histories, { numRuns: patients, seed })
    .flatMap((events, index) => events.map((each) => ({ ...each, patientKey: `RJZ|${seed}-${index}`, messageId: `${seed}-${index}-${each.messageId}` })))
    .toSorted((a, b) => a.receivedAt - b.receivedAt)

// Over 250 lines: every kind of event that a history may hold.
import { statementKinds, statements } from '@tideway/schemas/documents/statement'
import {
  type EventBody,
  type PatientDetailsReported,
  type PatientEvent,
  unsaid,
} from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import {
  at,
  coded,
  details,
  documentSent,
  event,
  observation,
  result,
  sentAsCodes,
  visit,
  ward,
  identifier,
} from './histories.fixture.ts'

const minute = fc.integer({ min: 0, max: 60 })
const time = fc.oneof(
  minute.map(at),
  minute.map((minutes) => at(minutes * 60)),
  fc.constantFrom('2026-07-01', '2026-07-02', null),
)
const location = fc.option(fc.constantFrom('ED', 'PICU', 'Ward 5').map(ward), { nil: null })
const encounterTypes = [
  'PatientAdmitted',
  'PatientPreAdmitted',
  'PatientTransferred',
  'PatientDischarged',
  'PatientClassChanged',
  'VisitUpdated',
  'PatientDeparted',
  'PatientArrived',
  'AdmissionCancelled',
  'TransferCancelled',
  'DischargeCancelled',
  'AdmissionPending',
  'TransferPending',
  'DischargePending',
  'AdmissionPendingCancelled',
  'TransferPendingCancelled',
  'DischargePendingCancelled',
  'PreAdmissionCancelled',
  'LeaveStarted',
  'LeaveEnded',
  'LeaveStartCancelled',
  'LeaveEndCancelled',
  'ArrivalCancelled',
  'DepartureCancelled',
  'DoctorChanged',
  'DoctorChangeCancelled',
] as const

const visits = fc
  .record({
    type: fc.constantFrom(...encounterTypes),
    when: time,
    place: location,
    temporaryLocation: location,
    encounterId: fc.constantFrom('V1', 'V2'),
    patientClass: fc.constantFrom('INPATIENT', 'OUTPATIENT', 'EMERGENCY', 'PREADMIT', null),
    admittedAt: time,
    dischargedAt: time,
    service: fc.constantFrom('100', '420', null),
    attending: fc
      .constantFrom([], ['C1'], ['C2'])
      .map((ids) => ids.map((id) => ({ ...unsaid.Practitioner(), identifier: id }))),
  })
  .map(
    ({ type, when, place, encounterId, ...said }): EventBody =>
      visit(type, when, { ...said, location: place }, encounterId),
  )

/** Of one person: what contradicts is held, and then the order of arrival counts. */
const demographics = fc
  .record({
    nhsNumber: fc.constantFrom('9434765919', null),
    birthDate: fc.constantFrom('2015-03-04', '2015-03-05', null),
    sex: fc.constantFrom('MALE', 'FEMALE', null),
    identifiers: fc.uniqueArray(
      fc.constantFrom('T100', 'T101', 'T102').map((value) => identifier(value)),
      { selector: ({ value }) => value },
    ),
    names: fc.constantFrom<PatientDetailsReported['names']>(
      [],
      [{ ...unsaid.PersonName(), family: 'Test', given: ['A'], use: 'L' }],
    ),
    deleted: fc.subarray(['nhsNumber', 'names', 'sex']),
    registers: fc.constantFrom(true, null),
  })
  .map((said): EventBody => details(said))

const observations = fc.uniqueArray(
  fc
    .record({
      key: fc.constantFrom('K||1', 'K||2', 'K||3', 'NA||1', 'NA|a|1'),
      sent: fc.constantFrom(
        'A',
        'B',
        'C',
        'D',
        'F',
        'I',
        'N',
        'O',
        'P',
        'R',
        'S',
        'U',
        'V',
        'W',
        'X',
        '?',
        null,
      ),
      value: fc.constantFrom('1', '2', '3', null),
      analysedAt: time,
      observedAt: fc.constantFrom(null, null, at(60), at(121), '2026-07-01', '2026-07-02'),
      flags: fc.constantFrom<string[]>([], ['HH'], ['L']),
    })
    .map(({ key, sent, ...said }) =>
      observation(sent, said.value, { ...said, key, code: coded(key.replace(/\|.*/, '')) }),
    ),
  { selector: ({ key }) => key, maxLength: 4 },
)

const results = fc
  .record({
    observed: observations,
    status: fc.constantFrom(
      'O',
      'I',
      'S',
      'P',
      'R',
      'A',
      'F',
      'C',
      'M',
      'X',
      'Y',
      'Z',
      'entered-in-error',
      null,
    ),
    issuedAt: time,
    collectedAt: time,
    reportId: fc.constantFrom('R1', 'R2'),
    snapshot: fc.constantFrom(null, null, true),
  })
  .map(
    ({ observed, ...said }): EventBody =>
      result(
        observed.map((each, index) => ({ ...each, place: `OBX[${index + 1}]` })),
        said,
      ),
  )

const documents = fc
  .record({
    status: fc.constantFrom('P', 'F', 'C', 'D', 'W', 'U', null),
    title: fc.constantFrom('Letter', 'Plan'),
    at: time,
    trigger: fc.constantFrom(null, 'ORIGINAL', 'EDIT', 'CANCELLED', 'REPLACED'),
    completion: fc.constantFrom(null, 'AU', 'DI', '?'),
  })
  .map(
    (said): EventBody =>
      documentSent({
        documentId: 'D1',
        ...said,
        attachment: {
          hash: said.title,
          object: null,
          pointer: null,
          contentType: null,
          size: 1,
          title: said.title,
        },
      }),
  )

const merges = minute.map(
  (sent): EventBody => ({
    type: 'PatientsMerged',
    surviving: [],
    prior: [],
    priorKeys: [`RJZ|P${sent}`],
    priorAccount: null,
    priorVisit: null,
    priorNames: [],
    survivingKey: null,
    mergedAt: at(sent),
  }),
)

const words = fc.constantFrom(
  null,
  'NW',
  'CA',
  'UC',
  'XO',
  'UX',
  'SC',
  'A',
  'D',
  'U',
  'CP',
  'HD',
  'BOOKED',
  'CANCELLED',
  'MODIFIED',
  'active',
  'completed',
  '?',
)

/** Statements of every kind about one or two things, some of their state alone. */
const statementEvents = fc
  .record({
    kind: fc.constantFrom(...statementKinds),
    key: fc.constantFrom('1', '2'),
    word: words,
    code: fc.option(
      fc.constantFrom('X', 'Y').map((code) => coded(code)),
      { nil: null },
    ),
    when: time,
  })
  .map(({ kind, key, word, code, when }): EventBody => {
    const { event: type, key: field } = statements[kind]
    const said = {
      code,
      medication: code,
      service: code,
      action: word,
      control: word,
      status: word,
      statusAsSent: word,
      active: word,
      trigger: word,
      clinicalStatus: word,
      recordedAt: when,
      startAt: when,
      givenAt: when,
      requestedAt: when,
      category: 'problem',
      kind: 'prescription',
    }
    const known = {
      ...unsaid[type](),
      [field]: key,
      code: coded('X'),
      category: 'problem',
      kind: 'prescription',
    }
    return sentAsCodes({
      ...known,
      ...Object.fromEntries(
        Object.entries(said).filter(
          ([name, value]) =>
            (name in known || name === 'active') && (value !== null || name !== 'code'),
        ),
      ),
    } as unknown as EventBody)
  })

const identityFacts = fc
  .record({
    at: time,
    type: fc.constantFrom(
      'PatientsLinked',
      'PatientsUnlinked',
      'EncounterMoved',
      'IdentifiersMoved',
      'PatientRemoved',
    ),
  })
  .map(({ at: when, type }): EventBody => ({ ...unsaid[type](), at: when }) as EventBody)

/**
 * What one patient's record could be told of, each event a message of its own; several may have
 * been sent at the same time.
 */
export const histories = fc
  .array(
    fc.record({
      body: fc.oneof(
        visits,
        visits,
        demographics,
        results,
        results,
        documents,
        merges,
        statementEvents,
        statementEvents,
        statementEvents,
        identityFacts,
      ),
      sent: minute,
      source: fc.constantFrom('RJZ', 'RJZ', 'LAB'),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((told) =>
    told.map(({ body, sent, source }, index) =>
      event(body, sent, { id: `m${index}.0`, messageId: `m${index}`, source }),
    ),
  )

/** An order with repetitions in which the same events could come. */
export const shuffled = (events: readonly PatientEvent[]): fc.Arbitrary<PatientEvent[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...events], { minLength: events.length, maxLength: events.length }),
      fc.array(fc.constantFrom(...events), { maxLength: 8 }),
    )
    .chain(([all, again]) =>
      fc.shuffledSubarray([...all, ...again], {
        minLength: all.length + again.length,
        maxLength: all.length + again.length,
      }),
    )

/** Histories of several patients, mixed as a partition has them. */
export const mixed = (patients: number, seed: number): PatientEvent[] =>
  fc
    .sample(histories, { numRuns: patients, seed })
    .flatMap((events, index) =>
      events.map((each) => ({
        ...each,
        patientKey: `RJZ|${seed}-${index}`,
        messageId: `${seed}-${index}-${each.messageId}`,
      })),
    )
    .toSorted((a, b) => a.receivedAt - b.receivedAt)

// Over 250 lines: the state table of an encounter, event by event.
import type { EncounterEvent } from './encounter-event.ts'
import type { Encounter } from '@tideway/schemas/documents/entry'
import { unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { event, visit, ward } from '../histories.fixture.ts'
import { statedBy } from '../statement-version.ts'
import { evolveEncounter } from './encounter.ts'

/** Minutes: messages are made after everything they tell of. */
const nextDay = 24 * 60

/**
 * What was told, each a minute after the one before, and then in the other order: it must be the
 * same.
 */
const given = (...told: (EncounterEvent | [EncounterEvent, string])[]): Encounter => {
  const events = told.map((each, index) =>
    Array.isArray(each)
      ? event(each[0], nextDay + index, { source: each[1] })
      : event(each, nextDay + index),
  )
  const end = (all: typeof events) =>
    all.reduce<Encounter | null>(
      (before, each) => evolveEncounter(before, each.body as EncounterEvent, statedBy(each), 'RJZ'),
      null,
    )
  const forwards = end(events)
  expect(end(events.toReversed())).toEqual(forwards)
  return forwards as Encounter
}

const day = (time: string) => `2026-07-01T${time}+01:00`
const admitted = visit('PatientAdmitted', day('09:00'), {
  location: ward('ED'),
  patientClass: 'EMERGENCY',
})
const toPicu = visit('PatientTransferred', day('10:00'), { location: ward('PICU') })
const toWard = visit('PatientTransferred', day('11:00'), { location: ward('Ward 5') })
const discharged = visit('PatientDischarged', day('12:00'), { location: ward('Ward 5') })
const where = ({ location, locationSince }: Encounter) => [
  location?.pointOfCare ?? null,
  locationSince,
]
const history = ({ stays }: Encounter) =>
  stays.map(({ location, cancelled }) => `${location.pointOfCare}${cancelled ? ' cancelled' : ''}`)

test('an admission opens an encounter where it happened', () => {
  const encounter = given(admitted)
  expect(encounter).toMatchObject({
    status: 'open',
    admittedAt: day('09:00'),
    dischargedAt: null,
    patientClass: 'EMERGENCY',
  })
  expect(where(encounter)).toEqual(['ED', day('09:00')])
})

test('the current location is the newest true one by clinical time, however late its message', () => {
  expect(where(given(admitted, toWard, toPicu))).toEqual(['Ward 5', day('11:00')])
  expect(history(given(admitted, toWard, toPicu))).toEqual(['ED', 'PICU', 'Ward 5'])
})

test('times of different offsets compare as instants', () => {
  const early = visit('PatientTransferred', '2026-07-01T09:30+00:00', { location: ward('PICU') })
  expect(
    where(
      given(early, visit('PatientTransferred', '2026-07-01T10:15+01:00', { location: ward('ED') })),
    )[0],
  ).toBe('PICU')
})

test('of two moves of one time the newer word counts', () => {
  expect(
    where(
      given(admitted, toPicu, visit('PatientTransferred', day('10:00'), { location: ward('HDU') })),
    )[0],
  ).toBe('HDU')
})

test('a move of which only the day is known comes after what was said before of that day', () => {
  expect(
    where(
      given(admitted, visit('PatientTransferred', '2026-07-01', { location: ward('PICU') })),
    )[0],
  ).toBe('PICU')
  expect(
    where(
      given(
        admitted,
        visit('PatientTransferred', '2026-07-01', { location: ward('PICU') }),
        toWard,
      ),
    )[0],
  ).toBe('Ward 5')
})

test('a discharge closes it with both times, whichever is seen first; nobody is there any more, and the history stays', () => {
  const encounter = given(discharged, admitted)
  expect(encounter).toMatchObject({
    status: 'closed',
    admittedAt: day('09:00'),
    dischargedAt: day('12:00'),
    location: null,
    locationSince: null,
  })
  expect(history(encounter)).toEqual(['ED'])
})

test('an update never changes the status', () => {
  const update = visit('VisitUpdated', day('13:00'), {
    location: ward('ED'),
    dischargedAt: day('12:30'),
  })
  expect(given(update).status).toBe('unknown')
  expect(given(admitted, update).status).toBe('open')
  expect(given(admitted, discharged, update)).toMatchObject({
    status: 'closed',
    dischargedAt: day('12:00'),
  })
  expect(given(admitted, visit('AdmissionCancelled', day('09:30')), update).status).toBe(
    'cancelled',
  )
})

test('an update gives a location only when no movement says any', () => {
  const update = visit('VisitUpdated', day('13:00'), { location: ward('Clinic') })
  expect(where(given(update))).toEqual(['Clinic', null])
  expect(where(given(admitted, update))[0]).toBe('ED')
})

test('of many updates one is kept', () => {
  const updates = Array.from({ length: 300 }, (_, index) =>
    visit('VisitUpdated', day('13:00'), { location: ward(`W${index}`) }),
  )
  const { movements, details } = given(admitted, ...updates)
  expect([movements.length, details.length]).toEqual([2, 2])
})

test('of updates that name no admission time one is kept of each of the latest days', () => {
  const updates = Array.from({ length: 100 }, (_, index) =>
    visit('VisitUpdated', `2026-0${1 + Math.floor(index / 25)}-${10 + (index % 15)}T13:00+00:00`, {
      location: ward(`W${index}`),
    }),
  )
  const { movements, details } = given(...updates)
  expect([movements.length, details.length]).toEqual([9, 9])
})

test('a transfer taken back is marked, and the patient is where he was before', () => {
  const encounter = given(admitted, toPicu, toWard, visit('TransferCancelled', day('11:00')))
  expect(where(encounter)[0]).toBe('PICU')
  expect(history(encounter)).toEqual(['ED', 'PICU', 'Ward 5 cancelled'])
})

test('what is taken back is the newest transfer at or before the cancellation that was told before it', () => {
  expect(
    history(given(admitted, toPicu, toWard, visit('TransferCancelled', day('10:30')))),
  ).toEqual(['ED', 'PICU cancelled', 'Ward 5'])
  expect(
    history(given(admitted, toPicu, visit('TransferCancelled', day('11:30')), toWard)),
  ).toEqual(['ED', 'PICU cancelled', 'Ward 5'])
  expect(
    history(
      given(
        admitted,
        toPicu,
        toWard,
        visit('TransferCancelled', day('12:00')),
        visit('TransferCancelled', day('12:00')),
      ),
    ),
  ).toEqual(['ED', 'PICU cancelled', 'Ward 5 cancelled'])
})

test('a transfer told twice is taken back as one', () => {
  expect(where(given(admitted, toPicu, toPicu, visit('TransferCancelled', day('10:05'))))[0]).toBe(
    'ED',
  )
})

test('tracking moves the patient, and its temporary place comes first', () => {
  const theatre = visit('PatientDeparted', day('10:00'), {
    location: ward('ED'),
    temporaryLocation: ward('Theatre'),
  })
  expect(where(given(admitted, theatre))[0]).toBe('Theatre')
  expect(
    where(
      given(admitted, theatre, visit('PatientArrived', day('11:00'), { location: ward('PICU') })),
    )[0],
  ).toBe('PICU')
})

test('an admission taken back stands against the admission by version', () => {
  const cancelled = visit('AdmissionCancelled', day('09:30'))
  expect(given(admitted, cancelled)).toMatchObject({ status: 'cancelled', location: null })
  expect(history(given(admitted, cancelled))).toEqual(['ED cancelled'])
  expect(given(admitted, cancelled, admitted).status).toBe('open')
  expect(given(cancelled, admitted).status).toBe('open')
})

test('a discharge taken back reopens the encounter, where it was or where the message says', () => {
  expect(
    where(given(admitted, toWard, discharged, visit('DischargeCancelled', day('12:30')))),
  ).toEqual(['Ward 5', day('11:00')])
  expect(
    where(
      given(
        admitted,
        toWard,
        discharged,
        visit('DischargeCancelled', day('12:30'), { location: ward('PICU') }),
      ),
    )[0],
  ).toBe('PICU')
  expect(given(admitted, visit('DischargeCancelled', day('12:30')), discharged).status).toBe(
    'closed',
  )
})

test('a newer admission after a standing discharge reopens; an older one, or the same told again, does not', () => {
  const again = visit('PatientAdmitted', day('14:00'), { location: ward('ED') })
  expect(given(admitted, discharged, again)).toMatchObject({
    status: 'open',
    admittedAt: day('14:00'),
    dischargedAt: null,
  })
  expect(given(admitted, discharged, admitted).status).toBe('closed')
  expect(given(again, admitted, discharged).status).toBe('closed')
  expect(given(visit('PatientDischarged', '2026-07-01'), again).status).toBe('closed')
})

test('a pre-admission is planned: nobody is anywhere yet', () => {
  const planned = visit('PatientPreAdmitted', day('08:00'), { location: ward('Day Surgery') })
  expect(given(planned)).toMatchObject({ status: 'planned', location: null, stays: [] })
  expect(given(admitted, planned).status).toBe('open')
})

test('a class change keeps the encounter and its admission', () => {
  const encounter = given(
    admitted,
    visit('PatientClassChanged', day('09:30'), { location: ward('ED'), patientClass: 'INPATIENT' }),
  )
  expect(encounter).toMatchObject({
    status: 'open',
    patientClass: 'INPATIENT',
    admittedAt: day('09:00'),
  })
  expect(history(encounter)).toEqual(['ED'])
})

test('the time of admission can be corrected later, and a mere day does not coarsen it', () => {
  expect(
    given(admitted, visit('VisitUpdated', null, { admittedAt: day('08:15') })).admittedAt,
  ).toBe(day('08:15'))
  expect(
    given(admitted, visit('VisitUpdated', null, { admittedAt: '2026-07-01' })).admittedAt,
  ).toBe(day('09:00'))
  expect(
    given(discharged, visit('VisitUpdated', null, { admittedAt: day('08:15') })).admittedAt,
  ).toBe(day('08:15'))
})

test('what another sender says of the visit stands behind what its own organisation says', () => {
  const byLaboratory: [EncounterEvent, string] = [
    visit('VisitUpdated', null, {
      patientClass: 'OUTPATIENT',
      service: '420',
      admittedAt: '2026-06-01',
    }),
    'LAB',
  ]
  const encounter = given(admitted, byLaboratory)
  expect(encounter).toMatchObject({ patientClass: 'EMERGENCY', admittedAt: day('09:00') })
  expect(encounter.details.map(({ source }) => source)).toEqual(['RJZ', 'LAB'])
})

test.each([
  ['AdmissionPending', 'planned'],
  ['TransferPending', 'open'],
  ['DischargePending', 'open'],
] as const)(
  '%s alone makes the encounter %s and is no place where the patient is',
  (event, status) => {
    const encounter = given(visit(event, day('09:00'), { pendingLocation: ward('PICU') }))
    expect([
      encounter.status,
      encounter.location,
      encounter.expected.map((one) => [one.event, one.at]),
    ]).toEqual([status, null, [[event, day('09:00')]]])
  },
)

test.each([
  ['TransferPending', 'TransferPendingCancelled'],
  ['TransferPending', 'PatientTransferred'],
  ['DischargePending', 'DischargePendingCancelled'],
  ['DischargePending', 'PatientDischarged'],
] as const)('%s is no longer expected after %s', (event, end) => {
  expect(given(admitted, visit(event, day('10:00'))).expected.map((one) => one.event)).toEqual([
    event,
  ])
  expect(given(admitted, visit(event, day('10:00')), visit(end, day('11:00'))).expected).toEqual([])
})

test.each([
  ['PatientPreAdmitted', 'PreAdmissionCancelled'],
  ['AdmissionPending', 'AdmissionPendingCancelled'],
] as const)(
  '%s taken back by %s leaves a cancelled encounter, and can be planned anew',
  (plan, cancel) => {
    expect(given(visit(plan, day('09:00')), visit(cancel, day('10:00'))).status).toBe('cancelled')
    expect(
      given(visit(plan, day('09:00')), visit(cancel, day('10:00')), visit(plan, day('11:00')))
        .status,
    ).toBe('planned')
    expect(given(admitted, visit(plan, day('09:00')), visit(cancel, day('10:00'))).status).toBe(
      'open',
    )
  },
)

test('leave begins and ends, keeps the place, and each can be taken back', () => {
  const [out, back] = [visit('LeaveStarted', day('10:00')), visit('LeaveEnded', day('12:00'))]
  const away = given(admitted, out)
  expect([away.leave?.since, where(away)[0], away.status]).toEqual([day('10:00'), 'ED', 'open'])
  expect(given(admitted, out, back).leave).toBeNull()
  expect(given(admitted, out, visit('LeaveStartCancelled', day('11:00'))).leave).toBeNull()
  expect(given(admitted, out, back, visit('LeaveEndCancelled', day('13:00'))).leave?.since).toBe(
    day('10:00'),
  )
  expect(given(admitted, out, discharged).leave).toBeNull()
})

test.each(['DoctorChanged', 'DoctorChangeCancelled'] as const)(
  '%s says who is responsible and moves nobody',
  (event) => {
    const doctor = { ...unsaid.Practitioner(), identifier: 'C1', authority: 'GMC', family: 'House' }
    const encounter = given(
      admitted,
      visit(event, day('10:00'), { attending: [doctor], location: ward('OTHER') }),
    )
    expect([encounter.details[0]?.fields.attending, where(encounter)[0]]).toEqual([[doctor], 'ED'])
  },
)

const ledBy = (identifier: string) => ({ attending: [{ ...unsaid.Practitioner(), identifier }] })
const leads = ({ attending, details }: Encounter) =>
  (attending ?? details.find(({ fields }) => fields.attending)?.fields.attending ?? []).map(
    ({ identifier }) => identifier,
  )
const admittedTo = visit('PatientAdmitted', day('09:00'), ledBy('A'))
const changed = visit('DoctorChanged', day('10:00'), ledBy('B'))
const repeated = visit('VisitUpdated', day('10:30'), ledBy('B'))
const takenBack = visit('DoctorChangeCancelled', day('11:00'))

test('a change of doctor that was taken back gives the one before back, with or without being named', () => {
  expect(leads(given(admittedTo, changed, repeated))).toEqual(['B'])
  expect(leads(given(admittedTo, changed, takenBack))).toEqual(['A'])
  expect(leads(given(admittedTo, changed, repeated, takenBack))).toEqual(['A'])
  expect(
    leads(given(admittedTo, changed, visit('DoctorChangeCancelled', day('11:00'), ledBy('C')))),
  ).toEqual(['C'])
  expect(
    leads(given(admittedTo, changed, takenBack, visit('VisitUpdated', day('12:00'), ledBy('D')))),
  ).toEqual(['D'])
  expect(leads(given(changed, takenBack))).toEqual([])
})

test("another sender's idea of who leads is not gone back to", () => {
  expect(
    leads(
      given(
        admittedTo,
        [visit('VisitUpdated', day('09:30'), ledBy('X')), 'LAB'],
        changed,
        takenBack,
      ),
    ),
  ).toEqual(['A'])
})

test('an arrival or departure by tracking that was taken back did not happen', () => {
  const away = visit('PatientDeparted', day('10:00'), { location: ward('XRAY') })
  const arrived = visit('PatientArrived', day('10:00'), { location: ward('XRAY') })
  expect(where(given(admitted, away, visit('DepartureCancelled', day('11:00'))))).toEqual([
    'ED',
    day('09:00'),
  ])
  expect(where(given(admitted, arrived, visit('ArrivalCancelled', day('11:00'))))).toEqual([
    'ED',
    day('09:00'),
  ])
  expect(where(given(admitted, arrived, visit('DepartureCancelled', day('11:00'))))[0]).toBe('XRAY')
})

test('what is expected says when it is planned', () => {
  const planned = {
    ...visit('TransferPending', day('10:00')),
    plannedAt: day('15:00'),
  } as EncounterEvent
  expect(given(admitted, planned).expected).toMatchObject([
    { event: 'TransferPending', at: day('10:00'), plannedAt: day('15:00') },
  ])
})

test('what came before a cancelled admission says neither where a patient admitted anew is nor that he left', () => {
  const again = visit('PatientAdmitted', day('10:00'), { location: ward('Ward C') })
  const cancelled = visit('AdmissionCancelled', day('11:30'))
  const moved = given(admitted, toWard, cancelled, again)
  expect([moved.status, moved.location?.pointOfCare]).toEqual(['open', 'Ward C'])
  const left = given(admitted, visit('PatientDischarged', day('11:00')), cancelled, again)
  expect([left.status, left.location?.pointOfCare, left.dischargedAt]).toEqual([
    'open',
    'Ward C',
    null,
  ])
})

test('who was in charge before a change is known however often the change was repeated before it was taken back', () => {
  const repeated = Array.from({ length: 40 }, () => visit('VisitUpdated', day('10:30'), ledBy('B')))
  expect(leads(given(admittedTo, changed, ...repeated, takenBack))).toEqual(['A'])
})

test('where tracking took the patient is known however often other tracking was taken back since', () => {
  const undone = Array.from({ length: 250 }, () => visit('ArrivalCancelled', day('11:00')))
  expect(
    where(
      given(
        admitted,
        visit('PatientDeparted', day('10:00'), { location: ward('Theatre') }),
        ...undone,
      ),
    )[0],
  ).toBe('Theatre')
})

test('a thousand moves of one visit, by day and by time, cost seconds of processor time', () => {
  const moves = Array.from({ length: 1_000 }, (_, n) =>
    visit('PatientTransferred', n % 2 === 0 ? '2026-07-01' : day(`1${n % 10}:00`), {
      location: ward(`W${n}`),
    }),
  )
  const started = process.cpuUsage()
  expect(given(...moves).movements).toHaveLength(1_000)
  expect(process.cpuUsage(started).user).toBeLessThan(5_000_000)
})

// Over 250 lines: one table of every code and the status it leaves.
import type { Stated } from '@tideway/schemas/documents/entry'
import {
  type StatementKind,
  type StatementStatus,
  statementStatuses,
} from '@tideway/schemas/documents/statement'
import { statements } from '@tideway/schemas/documents/statement'
import { upcast } from '@tideway/schemas/upcast'
import { expect, test } from 'vitest'
import { actions } from '../../status/action-codes.ts'
import { alertStatuses, shownAlertStatus } from '../../status/alert-status.ts'
import { allergyStatuses, shownAllergyStatus } from '../../status/allergy-status.ts'
import { appointmentStatuses, shownAppointmentStatus } from '../../status/appointment-status.ts'
import { careTeamStatuses, shownCareTeamStatus } from '../../status/care-team-status.ts'
import { completionStatuses, shownCompletionStatus } from '../../status/completion-status.ts'
import { conditionStatuses, shownConditionStatus } from '../../status/condition-status.ts'
import { contactStatuses, shownContactStatus } from '../../status/contact-status.ts'
import { controls } from '../../status/order-control.ts'
import {
  dispenseStatuses,
  prescriptionStatuses,
  requestStatuses,
  shownDispenseStatus,
  shownPrescriptionStatus,
  shownRequestStatus,
} from '../../status/order-status.ts'
import { procedureStatuses, shownProcedureStatus } from '../../status/procedure-status.ts'
import { resourceStatuses, shownResourceStatus } from '../../status/resource-status.ts'
import { triggers } from './appointment.ts'
import { rules } from './rules.ts'
import { settle } from './settle.ts'

/** Fields of a statement; statuses as codes, as they are sent. */
type Fields = Record<string, unknown>
const silent: Fields = {
  action: null,
  status: null,
  statusAsSent: null,
  control: null,
  trigger: null,
  clinicalStatus: null,
  verificationStatus: null,
  active: null,
  referralStatus: null,
  observations: [],
  answers: [],
  parts: [],
  service: { code: 'UE' },
  medication: { code: 'A' },
}

const settled = (kind: StatementKind, said: readonly Fields[]) =>
  settle(
    said.map((fields) =>
      (rules[kind] as (of: Stated) => ReturnType<(typeof rules)['request']>)(
        upcast(`${statements[kind].event}V1`, { ...silent, ...fields }) as unknown as Stated,
      ),
    ),
  )

/** Status after these statements, in version order. */
const after = (kind: StatementKind, ...said: Fields[]): StatementStatus =>
  settled(kind, said).status
const shownAfter = (kind: StatementKind, ...said: Fields[]) => settled(kind, said).shown

test.each(Object.keys(actions))('IAM-6, RXA-21, DG1-21 and PRB-1: action %s', (action) => {
  const expected = action === 'D' || action === 'DE' ? 'deleted' : 'active'
  expect(after('allergy', {}, { action })).toBe(expected)
  expect(
    after('condition', { clinicalStatus: 'active' }, { action, clinicalStatus: 'active' }),
  ).toBe(expected)
})

test.each([
  ['U', 'active'],
  ['P', 'active'],
  ['S', 'active'],
  ['C', 'active'],
  ['I', 'inactive'],
  ['E', 'entered-in-error'],
  ['D', 'active'],
  ['active', 'active'],
  ['inactive', 'inactive'],
  ['resolved', 'resolved'],
  ['?', 'unknown'],
])('an allergy of clinical status %s is %s', (clinicalStatus, status) => {
  expect(after('allergy', { clinicalStatus })).toBe(status)
})

test.each([
  ['refuted', 'refuted'],
  ['entered-in-error', 'entered-in-error'],
])('an allergy verified as %s is %s whatever its clinical status', (verificationStatus, status) => {
  expect(after('allergy', { clinicalStatus: 'active', verificationStatus })).toBe(status)
})

/** Every ORC-1, after an active order and without ORC-5: the status it leaves. */
const leaves: Record<keyof typeof controls, StatementStatus<'request'>> = {
  NW: 'active',
  SN: 'active',
  NA: 'active',
  OK: 'active',
  UA: 'rejected',
  PA: 'active',
  CH: 'active',
  RE: 'active',
  CN: 'active',
  PR: 'active',
  SC: 'active',
  SR: 'active',
  SS: 'active',
  RR: 'active',
  CA: 'cancelled',
  CR: 'cancelled',
  OC: 'cancelled',
  UC: 'active',
  CP: 'active',
  DC: 'stopped',
  DR: 'stopped',
  OD: 'stopped',
  UD: 'active',
  HD: 'on-hold',
  HR: 'on-hold',
  OH: 'on-hold',
  UH: 'active',
  RL: 'active',
  OR: 'active',
  OE: 'active',
  UR: 'active',
  RP: 'replaced',
  RQ: 'replaced',
  RU: 'replaced',
  UM: 'active',
  RO: 'active',
  PY: 'active',
  OP: 'active',
  SU: 'active',
  SQ: 'active',
  XO: 'active',
  XR: 'active',
  XX: 'active',
  UX: 'active',
  RF: 'active',
  AF: 'active',
  DF: 'active',
  FU: 'active',
  OF: 'active',
  UF: 'active',
  LI: 'active',
  UN: 'active',
  DE: 'active',
  IN: 'active',
  MC: 'active',
  NR: 'active',
  RC: 'active',
  RA: 'active',
  RD: 'active',
}

test.each(Object.entries(leaves))('ORC-1 %s leaves an active order %s', (control, status) => {
  expect(after('request', { control: 'NW' }, { control })).toBe(status)
  expect(after('prescription', { control: 'NW' }, { control })).toBe(status)
})

test.each(Object.entries(controls).filter(([, { orc5 }]) => orc5))(
  'ORC-1 %s leaves the word to ORC-5',
  (control) => {
    expect(after('request', { control: 'NW' }, { control, statusAsSent: 'HD' })).toBe('on-hold')
  },
)

test.each(Object.entries(controls).filter(([, { orc5 }]) => !orc5))(
  'ORC-1 %s decides whatever ORC-5 says',
  (control) => {
    expect(after('request', { control: 'NW' }, { control, statusAsSent: 'IP' })).toBe(
      leaves[control as keyof typeof leaves],
    )
  },
)

test.each([
  ['CA', 'UC'],
  ['DC', 'UD'],
  ['HD', 'UH'],
  ['RP', 'UM'],
])('what %s asked for and %s refuses leaves the order as it was, content too', (asked, refused) => {
  const history = [{ control: 'NW', statusAsSent: 'IP' }, { control: asked }, { control: refused }]
  expect([after('request', ...history), shownAfter('request', ...history)]).toEqual([
    'in-progress',
    [0],
  ])
})

test('a cancellation that is the first thing heard and is refused leaves the order readable', () => {
  expect(shownAfter('prescription', { control: 'CA' }, { control: 'UC' })).not.toEqual([])
})

test('a change that is refused is not shown any more; one that is made is', () => {
  expect(shownAfter('request', { control: 'NW' }, { control: 'XO' }, { control: 'UX' })).toEqual([
    0,
  ])
  expect(shownAfter('request', { control: 'NW' }, { control: 'XO' }, { control: 'XR' })).toEqual([
    2,
  ])
})

test.each([
  ['A', 'in-progress'],
  ['CA', 'cancelled'],
  ['CM', 'completed'],
  ['DC', 'stopped'],
  ['ER', 'unknown'],
  ['HD', 'on-hold'],
  ['IP', 'in-progress'],
  ['RP', 'replaced'],
  ['SC', 'scheduled'],
  ['draft', 'draft'],
  ['active', 'active'],
  ['on-hold', 'on-hold'],
  ['revoked', 'cancelled'],
  ['cancelled', 'cancelled'],
  ['stopped', 'stopped'],
  ['completed', 'completed'],
  ['entered-in-error', 'entered-in-error'],
  ['unknown', 'unknown'],
  ['?', 'unknown'],
] as const)('ORC-5 or FHIR status %s is %s', (statusAsSent, status) => {
  expect(after('request', { statusAsSent })).toBe(status)
  expect(after('request', { control: 'NW' }, { control: 'SC', statusAsSent })).toBe(status)
})

test('an order of which nothing is told, or by a control in no table, is unknown', () => {
  expect([after('request', {}), after('request', { control: '?' })]).toEqual(['unknown', 'unknown'])
})

test.each([
  ['CP', 'completed'],
  ['RE', 'refused'],
  ['NA', 'not-given'],
  ['PA', 'partial'],
  ['in-progress', 'in-progress'],
  ['not-done', 'not-given'],
  ['on-hold', 'on-hold'],
  ['completed', 'completed'],
  ['entered-in-error', 'entered-in-error'],
  ['stopped', 'stopped'],
  ['unknown', 'unknown'],
  ['?', 'unknown'],
  [null, 'reported'],
])('RXA-20 %s of a medicine or vaccine is %s', (status, word) => {
  expect([after('administration', { status }), after('immunization', { status })]).toEqual([
    word,
    word,
  ])
})

test('a vaccine deleted by RXA-21 D stays readable as what was deleted', () => {
  expect([
    after('immunization', { status: 'CP' }, { status: 'CP', action: 'D' }),
    shownAfter('immunization', { status: 'CP' }, { action: 'D' }),
  ]).toEqual(['deleted', [0]])
})

test.each([
  ['BOOKED', 'booked'],
  ['RESCHEDULED', 'booked'],
  ['MODIFIED', 'booked'],
  ['CANCELLED', 'cancelled'],
  ['DISCONTINUED', 'discontinued'],
  ['DELETED', 'deleted'],
  ['SERVICE_ADDED', 'booked'],
  ['SERVICE_MODIFIED', 'booked'],
  ['SERVICE_CANCELLED', 'booked'],
  ['SERVICE_DISCONTINUED', 'booked'],
  ['SERVICE_DELETED', 'booked'],
  ['SLOT_BLOCKED', 'blocked'],
  ['SLOT_OPENED', 'booked'],
  ['NO_SHOW', 'no-show'],
  ['?', 'unknown'],
])('the trigger %s leaves a booked appointment %s', (trigger, status) => {
  expect(after('appointment', { trigger: 'BOOKED' }, { trigger })).toBe(status)
})

test.each([
  ['Booked', 'booked'],
  ['Blocked', 'blocked'],
  ['Cancelled', 'cancelled'],
  ['Complete', 'fulfilled'],
  ['Dc', 'discontinued'],
  ['Deleted', 'deleted'],
  ['Noshow', 'no-show'],
  ['Overbook', 'booked'],
  ['Pending', 'pending'],
  ['Started', 'started'],
  ['Waitlist', 'waitlist'],
  ['proposed', 'proposed'],
  ['arrived', 'arrived'],
  ['checked-in', 'arrived'],
  ['fulfilled', 'fulfilled'],
  ['entered-in-error', 'entered-in-error'],
])('SCH-25 or FHIR status %s is %s', (statusAsSent, status) => {
  expect(after('appointment', { statusAsSent })).toBe(status)
  expect(after('appointment', { trigger: 'BOOKED' }, { trigger: 'MODIFIED', statusAsSent })).toBe(
    status,
  )
  expect(after('appointment', { trigger: 'BOOKED' }, { trigger: 'CANCELLED', statusAsSent })).toBe(
    'cancelled',
  )
})

/** Each kind, the field of its status in version 1 of its event, and each code with its status. */
const sentStatuses: [StatementKind, string, Record<string, StatementStatus>][] = [
  [
    'condition',
    'clinicalStatus',
    {
      active: 'active',
      recurrence: 'recurrence',
      relapse: 'relapse',
      inactive: 'inactive',
      remission: 'remission',
      resolved: 'resolved',
    },
  ],
  [
    'procedure',
    'status',
    {
      preparation: 'preparation',
      'in-progress': 'in-progress',
      'not-done': 'not-done',
      'on-hold': 'on-hold',
      stopped: 'stopped',
      completed: 'completed',
      'entered-in-error': 'entered-in-error',
      unknown: 'unknown',
    },
  ],
  ['contact', 'active', { Y: 'reported', true: 'reported', N: 'inactive', false: 'inactive' }],
  [
    'care-team-member',
    'status',
    {
      proposed: 'proposed',
      active: 'active',
      suspended: 'suspended',
      inactive: 'inactive',
      'entered-in-error': 'entered-in-error',
    },
  ],
  [
    'alert',
    'status',
    { active: 'active', inactive: 'inactive', 'entered-in-error': 'entered-in-error' },
  ],
  ['prescription', 'statusAsSent', { intended: 'intended', 'not-taken': 'not-taken' }],
  [
    'dispense',
    'status',
    { preparation: 'draft', 'in-progress': 'in-progress', declined: 'rejected' },
  ],
]

test.each(sentStatuses)(
  'each status of a %s counts, and one in no table is unknown',
  (kind, field, table) => {
    for (const [sent, word] of Object.entries(table))
      expect(after(kind, { [field]: sent })).toBe(word)
    expect(after(kind, { [field]: '?' })).toBe('unknown')
  },
)

test('a dispense is reported unless its sender says more', () => {
  expect([
    after('dispense', { control: 'RE' }),
    after('dispense', { control: 'NW' }),
    after('dispense', {}),
    after('dispense', { control: 'RE' }, { control: 'CA' }),
  ]).toEqual(['reported', 'reported', 'reported', 'cancelled'])
  expect(after('dispense', { control: 'RE', status: 'CM' })).toBe('completed')
})

test.each([
  ['allergy', allergyStatuses, shownAllergyStatus],
  ['condition', conditionStatuses, shownConditionStatus],
  ['procedure', procedureStatuses, shownProcedureStatus],
  ['contact', contactStatuses, shownContactStatus],
  ['care-team-member', careTeamStatuses, shownCareTeamStatus],
  ['alert', alertStatuses, shownAlertStatus],
  ['request', requestStatuses, shownRequestStatus],
  ['prescription', prescriptionStatuses, shownPrescriptionStatus],
  ['dispense', dispenseStatuses, shownDispenseStatus],
  ['administration', completionStatuses, shownCompletionStatus],
  ['immunization', completionStatuses, shownCompletionStatus],
  ['appointment', appointmentStatuses, shownAppointmentStatus],
  ['resource', resourceStatuses, shownResourceStatus],
] as const)('every status of a %s is shown as one of its statuses', (kind, table, shown) => {
  const words: readonly (string | null)[] = statementStatuses[kind]
  expect(Object.keys(table).filter((status) => !words.includes(shown(status)))).toEqual([])
})

test('every trigger leaves an appointment a status it can have', () => {
  expect(
    Object.values(triggers).filter(
      ({ status }) => status !== 'as-before' && !statementStatuses.appointment.includes(status),
    ),
  ).toEqual([])
})

test('an appointment with a status in no table is not known to be booked, unless it ends', () => {
  expect(after('appointment', { trigger: 'BOOKED', statusAsSent: 'Sch' })).toBe('unknown')
  expect(after('appointment', { trigger: 'CANCELLED', statusAsSent: 'Sch' })).toBe('cancelled')
  expect(after('appointment', { statusAsSent: 'Sch' })).toBe('unknown')
})

test('a change of one service is shown over the appointment, not in its place', () => {
  expect(
    shownAfter('appointment', { trigger: 'BOOKED' }, { trigger: 'SERVICE_CANCELLED' }),
  ).toEqual([1, 0])
})

test('a referral that is deleted was entered in error, and shows what was there', () => {
  expect(
    after(
      'request',
      { referralStatus: { code: 'A' }, action: 'A' },
      { referralStatus: { code: 'A' }, action: 'D' },
    ),
  ).toBe('entered-in-error')
  expect(shownAfter('request', { action: 'A' }, { action: 'D' })).toEqual([0])
  expect(after('request', { referralStatus: { code: 'A' } }, { action: 'X' })).toBe('active')
})

test.each([
  ['A', 'active'],
  ['R', 'rejected'],
  ['P', 'unknown'],
  ['E', 'unknown'],
])('a referral of status %s is %s', (code, status) => {
  expect(after('request', { referralStatus: { code } })).toBe(status)
})

test('a refusal takes back what it refuses, asked however often, and nothing else that was said or asked', () => {
  const asked = (...more: string[]) =>
    after('request', { control: 'NW' }, ...more.map((control) => ({ control })))
  expect([
    asked('DC', 'DC', 'UD'),
    asked('HD', 'DC', 'UD'),
    asked('DC', 'HD', 'UD'),
    asked('DC', 'DR', 'UD'),
  ]).toEqual(['active', 'on-hold', 'on-hold', 'stopped'])
  expect(
    after(
      'request',
      { control: 'NW' },
      { control: 'CA' },
      { control: 'SC', statusAsSent: 'IP' },
      { control: 'UC' },
    ),
  ).toBe('in-progress')
  expect(
    shownAfter(
      'request',
      { control: 'NW' },
      { control: 'XO' },
      { control: 'SC' },
      { control: 'UX' },
    ),
  ).toEqual([2, 0])
})

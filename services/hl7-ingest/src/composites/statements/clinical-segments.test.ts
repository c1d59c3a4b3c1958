import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { normalise } from '../../normalise/normalise.ts'
import { x99, mappings, read, eventNames } from './clinical-segments.fixture.ts'

test('a ROL belongs to the segment before it; after an insurance it is listed as unused', () => {
  const pv1 = `PV1|1|I${'|'.repeat(17)}V1`
  const rol = 'ROL||AD|PP|C1^RAO'
  const { events, unused } = read(rol, pv1, rol, 'PR1|1||X40.3', rol, 'IN1|1', rol)
  const scopes = events.map(({ body }) =>
    body.type === 'CareTeamMemberReported'
      ? body.scope
      : body.type === 'ProcedureReported'
        ? body.performers.length
        : null,
  )
  expect(scopes).toEqual([null, null, 'PATIENT', 'ENCOUNTER', 1])
  expect(unused).toContain('ROL-4')
})

test('a role in a visit that is not identified is not a role for the patient', () => {
  const { events, unused } = read('PV1|1|I', 'ROL||AD|AT|C1^RAO')
  expect(events.map(({ body }) => body.type)).toEqual(['PatientDetailsReported'])
  expect(unused).toContain('ROL-4')
})

test('a segment that identifies nothing gives no event, and its fields are listed unless they mean nothing', () => {
  expect(eventNames('NK1|1', 'AL1|1|DA', 'DG1|1||', 'PR1|1|', 'ROL|1|AD|PP')).toEqual([
    'PatientDetailsReported PID[1]',
  ])
})

test('observations below a procedure or an order do not belong to the visit', () => {
  expect(
    eventNames(
      'OBX|1|NM|8867-4||90|/min',
      'PR1|1||X40.3',
      'OBX|2|NM|1||2',
      'ORC|NW',
      'OBX|3|NM|1||2',
    ),
  ).toEqual(['PatientDetailsReported PID[1]', 'ProcedureReported PR1[1]', 'ResultReported OBX[1]'])
})

test('observations of a discharge follow its procedures', () => {
  const bytes = Buffer.from(
    `MSH|^~\\&|PAS|X99|T|S|20260701091500||ADT^A03|1|P|2.5.1\rPID|1||1002003^^^X99^MR\rPV1|1|I${'|'.repeat(17)}V1\rPR1|1||X40.3\rOBX|1|NM|8867-4||90|/min`,
  )
  const { events } = normalise({ source: x99, bytes, receivedAt: 1 }, mappings, {
    production: false,
  })
  expect(events.at(-1)).toMatchObject({
    place: 'OBX[1]',
    body: { type: 'ResultReported', encounterId: 'V1', observations: [{ value: '90' }] },
  })
})

test('an observation after an insurance belongs to the patient, with its notes and participants', () => {
  const { events } = read(
    'IN1|1|P1',
    'OBX|1|CE|64994-7^Funding||V02',
    'PRT||AD||RO|C7^DIAZ',
    'NTE|1||At the clinic.',
  )
  expect(events[1]?.body).toMatchObject({
    type: 'ResultReported',
    observations: [{ value: 'V02', performers: [{ identifier: 'C7' }], notes: ['At the clinic.'] }],
  })
})

test.each(['ZPV|x', 'ACC|20260701', 'UB1|1', 'PDA|1'])(
  'an observation of the visit is not lost behind %s',
  (between) => {
    expect(eventNames('PV1|1|I', between, 'OBX|1|NM|HR||80')).toContain('ResultReported OBX[1]')
    expect(eventNames('PR1|1||X', between, 'OBX|1|NM|HR||80')).not.toContain(
      'ResultReported OBX[1]',
    )
  },
)

test('clinical segments before the orders are reported beside the reports', () => {
  const sent = [
    'MSH|^~\\&|LIMS|X99|T|S|20260701091500||ORU^R01|1|P|2.5.1',
    'PID|1||1002003^^^X99^MR',
    'NK1|1|RAO^ANN',
    'OBX|1|NM|29463-7^Weight^LN||71|kg',
    'OBR|1|P1||UE',
    'OBX|1|NM|K||4',
  ]
  const { events } = normalise(
    { source: x99, bytes: Buffer.from(sent.join('\r')), receivedAt: 1 },
    mappings,
    { production: false },
  )
  expect(
    events.map(({ place, body }) => [
      place,
      body.type,
      'observations' in body ? body.observations.map(({ value }) => value) : null,
    ]),
  ).toEqual([
    ['PID[1]', 'PatientDetailsReported', null],
    ['NK1[1]', 'ContactReported', null],
    ['OBX[1]', 'ResultReported', ['71']],
    ['OBR[1]', 'ResultReported', ['4']],
  ])
})

test('the same message again gives the same keys; keys of another organisation have its ODS code as prefix', () => {
  const keys = (source: Source) => {
    const bytes = Buffer.from(
      'MSH|^~\\&|PAS|X99|T|S|20260701091500||ADT^A08|1|P|2.5.1\rPID|1||1002003^^^X99^MR\rAL1|1|DA|P\rDG1|1||N17.9||||||||||||||||||D7\rOBX|1|NM|8867-4||90|/min',
    )
    const { events } = normalise({ source, bytes, receivedAt: 1 }, mappings, { production: false })
    return events.flatMap(({ body }) =>
      'allergyId' in body
        ? body.allergyId
        : 'conditionId' in body
          ? body.conditionId
          : 'reportId' in body
            ? body.reportId
            : [],
    )
  }
  expect(keys(x99)).toEqual(['~P|DRUG', '~N17.9||', '~ADT||2026-07-01T09:15:00+01:00'])
  expect(keys({ ...x99, ods: 'L1', hl7: { ...x99.hl7, authorities: { X99: 'X99' } } })).toEqual([
    'L1:~P|DRUG',
    'L1:~N17.9||',
    'L1:~ADT||2026-07-01T09:15:00+01:00',
  ])
})

test('a Z segment is kept as sent; one too long is only in the archive, and is listed', () => {
  const { events, unused } = read('ZU1|1|A^B~C|\\F\\', `ZU2|${'x'.repeat(20_000)}`)
  expect(events[0]?.body).toMatchObject({ zSegments: ['ZU1|1|A^B~C|\\F\\'] })
  expect(unused).toEqual(['ZU2-1'])
})

test('a performer of a procedure keeps contact details and place of work; the procedure its location and parent', () => {
  const { events, unused } = read(
    `PR1|1||X40.3${'|'.repeat(20)}OT^201||PR9`,
    'ROL||AD|PP|C1^RAO||||R1|SP1|2^Clinic|1 MILL RD|020|WARD^3|MILL HOUSE',
  )
  expect(events[1]?.body).toMatchObject({
    location: { pointOfCare: 'OT', room: '201' },
    parentIdentifier: 'PR9',
    performers: [
      {
        organisation: { name: 'MILL HOUSE' },
        detail: {
          action: 'AD',
          reason: { code: 'R1' },
          providerTypes: [{ code: 'SP1' }],
          unitType: { text: 'Clinic' },
          addresses: [{ lines: ['1 MILL RD'] }],
          telecoms: [{ value: '020' }],
          location: { room: '3' },
        },
      },
    ],
  })
  expect(unused).not.toContainEqual(expect.stringMatching(/^(PR1|ROL)/))
})

test('the allergen type is kept as sent if it has text', () => {
  const types = read('AL1|1|DA^Drug allergy^L|P', 'AL1|2|FA|NUTS').events.map(({ body }) =>
    body.type === 'AllergyReported' ? [body.category, body.allergenType?.text ?? null] : null,
  )
  expect(types).toEqual([null, ['DRUG', 'Drug allergy'], ['FOOD', null]])
})

test('the discharge destination keeps its text and effective date', () => {
  const { events, unused } = read(
    `PV1|1|I${'|'.repeat(17)}V1${'|'.repeat(17)}01^Home^L|22&Mill House&L^20260701`,
  )
  expect(events[1]?.body).toMatchObject({
    visit: {
      dischargeDisposition: '01',
      dischargeDispositionText: 'Home',
      dischargedTo: '22',
      dischargedToName: 'Mill House',
      dischargedToOn: '2026-07-01',
    },
  })
  expect(unused).toEqual(expect.arrayContaining(['PV1-36.3', 'PV1-37.1.3']))
})

test('the social security number of a contact is one of its numbers, but never its key', () => {
  const body = read(`NK1|1|RAO^ANN${'|'.repeat(35)}123121234`).events[1]?.body
  expect(body).toMatchObject({ contactId: '~RAO|ANN|', identifiers: [{ value: '123121234' }] })
})

test('a PRT belongs to the patient, visit or observation before it; after anything else it is listed', () => {
  const prt = (code: string) =>
    `PRT||AD|R^Cover|AT|${code}^RAO~${code}B|SP1|2|MILL HOUSE|WARD^3||20260701|20260702||1 MILL RD|020`
  const { events, unused } = read(
    prt('C1'),
    `PV1|1|I${'|'.repeat(17)}V1`,
    prt('C2'),
    'OBX|1|NM|8867-4||90|/min',
    prt('C3'),
    'AL1|1|DA|P',
    prt('C4'),
  )
  const members = events.flatMap(({ body }) =>
    body.type === 'CareTeamMemberReported' ? [body] : [],
  )
  expect(members.map(({ memberId, scope }) => [memberId.split('|')[1], scope])).toEqual([
    ['C1', 'PATIENT'],
    ['C2', 'ENCOUNTER'],
  ])
  expect(members[0]).toMatchObject({
    action: 'AD',
    reason: { code: 'R' },
    providerTypes: [{ code: 'SP1' }],
    unitType: { code: '2' },
    organisation: { name: 'MILL HOUSE' },
    location: { room: '3' },
    from: '2026-07-01',
    until: '2026-07-02',
    addresses: [{ lines: ['1 MILL RD'] }],
    telecoms: [{ value: '020' }],
    otherNumbers: [{ identifier: 'C1B' }],
  })
  expect(
    events.flatMap(({ body }) =>
      body.type === 'ResultReported'
        ? body.observations[0]?.performers.map(({ identifier }) => identifier)
        : [],
    ),
  ).toContain('C3')
  expect(unused).toContain('PRT-5')
})

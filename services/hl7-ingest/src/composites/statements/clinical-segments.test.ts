import { readFileSync } from 'node:fs'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { loadMappings } from '../../normalise/load-mappings.ts'
import { normalise } from '../../normalise/normalise.ts'

const x99 = JSON.parse(
  readFileSync(new URL('../../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
const mappings = await loadMappings()
const read = (...segments: string[]) => {
  const message = [
    'MSH|^~\\&|PAS|X99|T|S|20260701091500||ADT^A08|1|P|2.5.1',
    'PID|1||1002003^^^X99^MR',
    ...segments,
  ].join('\r')
  return normalise({ source: x99, bytes: Buffer.from(message), receivedAt: 1 }, mappings, {
    production: false,
  })
}
const told = (...segments: string[]) =>
  read(...segments).events.map(({ place, body }) => `${body.type} ${place}`)

test('a ROL is of what stands before it; one below an insurance is of nobody, and listed', () => {
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

test('a role in a visit that cannot be told from others is no role for the patient', () => {
  const { events, unused } = read('PV1|1|I', 'ROL||AD|AT|C1^RAO')
  expect(events.map(({ body }) => body.type)).toEqual(['PatientDetailsReported'])
  expect(unused).toContain('ROL-4')
})

test('a segment that names nothing makes no statement, and what it holds is listed or says nothing', () => {
  expect(told('NK1|1', 'AL1|1|DA', 'DG1|1||', 'PR1|1|', 'ROL|1|AD|PP')).toEqual([
    'PatientDetailsReported PID[1]',
  ])
})

test('observations below a procedure or an order are not of the visit', () => {
  expect(
    told('OBX|1|NM|8867-4||90|/min', 'PR1|1||X40.3', 'OBX|2|NM|1||2', 'ORC|NW', 'OBX|3|NM|1||2'),
  ).toEqual(['PatientDetailsReported PID[1]', 'ProcedureReported PR1[1]', 'ResultReported OBX[1]'])
})

test('observations of a discharge stand after its procedures', () => {
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

test('an observation after an insurance is the patient’s, with its notes and who took part', () => {
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

test('what a result message tells of the patient before its orders stands beside the reports', () => {
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

test('the same message again gives the same keys; another organisation has its name before its own', () => {
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

test('a Z segment is kept as sent; one too long stays in the archive, and is listed', () => {
  const { events, unused } = read('ZU1|1|A^B~C|\\F\\', `ZU2|${'x'.repeat(20_000)}`)
  expect(events[0]?.body).toMatchObject({ zSegments: ['ZU1|1|A^B~C|\\F\\'] })
  expect(unused).toEqual(['ZU2-1'])
})

test('one who took part in a procedure keeps how he is reached and where he works; the procedure its place and the one it is part of', () => {
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

test('the kind of an allergen is kept as sent where it has words', () => {
  const types = read('AL1|1|DA^Drug allergy^L|P', 'AL1|2|FA|NUTS').events.map(({ body }) =>
    body.type === 'AllergyReported' ? [body.category, body.allergenType?.text ?? null] : null,
  )
  expect(types).toEqual([null, ['DRUG', 'Drug allergy'], ['FOOD', null]])
})

test('where a patient went keeps its words and since when', () => {
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

test('the social security number of a contact is one of its numbers, and never its key', () => {
  const body = read(`NK1|1|RAO^ANN${'|'.repeat(35)}123121234`).events[1]?.body
  expect(body).toMatchObject({ contactId: '~RAO|ANN|', identifiers: [{ value: '123121234' }] })
})

test('a PRT is of the patient, the visit or the observation right before it; one below anything else is listed', () => {
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

test('what a result message says before its orders is told of the patient', () => {
  const message =
    'MSH|^~\\&|LIMS|X99|T|S|20260701091500||ORU^R01|1|P|2.8\rPID|1||1002003^^^X99^MR\rPRT||AD||PP|C1^RAO\rNK1|1|DOE^JO\rOBR|1|P1|F1|U&E\rPRT||AD||PO|C2^DIAZ\rOBX|1|NM|K||4\rNK1|2|NOT^READ'
  const { events } = normalise(
    { source: x99, bytes: Buffer.from(message), receivedAt: 1 },
    mappings,
    { production: false },
  )
  expect(events.map(({ place, body }) => `${body.type} ${place}`)).toEqual([
    'PatientDetailsReported PID[1]',
    'ContactReported NK1[1]',
    'CareTeamMemberReported PRT[1]',
    'ResultReported OBR[1]',
  ])
})

test('the accident a visit is about is told of the visit', () => {
  const { events, unused } = read(
    `PV1|1|I${'|'.repeat(17)}V1`,
    'ACC|20260701|F^Fall|Mill Rd||Y|N|C1^RAO|Fell off a ladder|Ambulance|N|1 MILL RD||55^POLICE',
  )
  expect(events[1]?.body).toMatchObject({
    visit: {
      accident: {
        at: '2026-07-01',
        code: { code: 'F' },
        location: 'Mill Rd',
        jobRelated: 'Y',
        deathInvolved: 'N',
        enteredBy: [{ identifier: 'C1' }],
        description: 'Fell off a ladder',
        broughtBy: 'Ambulance',
        policeNotified: 'N',
        addresses: [{ lines: ['1 MILL RD'] }],
        numbers: ['55'],
      },
    },
  })
  expect(unused).toContain('ACC-13.2')
})

test("a disability is the patient's if it says so; that of who is insured is listed", () => {
  const { events, unused } = read(
    'DB1|1|PT|DB1^^^X99|Y|20260101|20261231|20260201|20260102',
    'DB1|2|IN|DB2|Y',
  )
  expect(events[0]?.body).toMatchObject({
    disabilities: [
      {
        identifiers: [{ value: 'DB1' }],
        disabled: 'Y',
        from: '2026-01-01',
        until: '2026-12-31',
        returnedToWorkAt: '2026-02-01',
        unableToWorkFrom: '2026-01-02',
      },
    ],
  })
  expect(unused).toContain('DB1-3')
})

test('each cause of death is a condition, with who certified it and when', () => {
  const { events, unused } = read(
    'PDA|I21^Infarction^I10~J18^Pneumonia^I10|WARD^3|Y|202607011230|C1^RAO|N|||Y',
    'PDA||WARD|||C2',
  )
  const causes = events.flatMap(({ body }) => (body.type === 'ConditionReported' ? [body] : []))
  expect(causes.map(({ conditionId }) => conditionId)).toEqual([
    '~I21|cause-of-death',
    '~J18|cause-of-death',
  ])
  expect(causes[0]).toMatchObject({
    category: 'cause-of-death',
    recordedAt: '2026-07-01T12:30+01:00',
    asserters: [{ practitioner: { identifier: 'C1' } }],
    deathLocation: { pointOfCare: 'WARD', room: '3' },
    deathCertified: 'Y',
    deathCoroner: 'Y',
  })
  expect(unused).toEqual(expect.arrayContaining(['PDA-2', 'PDA-5', 'PDA-6']))
})

test('an autopsy is a procedure, with when and by whom; none where PDA-6 does not say Y', () => {
  const autopsies = (pda: string) =>
    read(pda).events.flatMap(({ body }) => (body.type === 'ProcedureReported' ? [body] : []))
  expect(autopsies('PDA||||||Y|202607021000^202607021200|C3^RAO')).toMatchObject([
    {
      procedureId: '~autopsy',
      text: 'Autopsy',
      performedAt: '2026-07-02T10:00+01:00',
      performedUntil: '2026-07-02T12:00+01:00',
      performers: [{ practitioner: { identifier: 'C3' } }],
    },
  ])
  expect(autopsies('PDA||||||N|202607021000')).toEqual([])
})

test('a referral is a request, known by its number; without a number, a type or a reason it is not told from others', () => {
  const { events, unused } = read(
    'RF1|P^Pending|A|EXT|WR|O|R1^EPR|202607010900|202608010900|202607010800|NEURO^Neurology|X2^OTHER|||Back pain|||||Spine unit|C4^RAO||||See soon|U',
    'RF1|A||||||202607010900',
  )
  const referrals = events.flatMap(({ place, body }) =>
    body.type === 'RequestReported' ? [{ place, ...body }] : [],
  )
  expect(referrals).toMatchObject([
    {
      place: 'RF1[1]',
      requestId: 'referral R1',
      category: 'REFERRAL',
      placerNumber: 'R1',
      placerAuthority: 'EPR',
      fillerNumber: 'X2',
      referralStatus: { code: 'P' },
      priority: 'A',
      service: { code: 'EXT' },
      setting: 'O',
      effectiveAt: '2026-07-01T09:00+01:00',
      effectiveUntil: '2026-08-01T09:00+01:00',
      requestedAt: '2026-07-01T08:00+01:00',
      reasons: [{ code: 'NEURO' }],
      clinicalInformation: 'Back pain',
      performer: { name: 'Spine unit' },
      participants: [{ practitioner: { identifier: 'C4' } }],
      notes: ['See soon'],
      action: 'U',
    },
  ])
  expect(unused).toEqual(expect.arrayContaining(['RF1-1', 'RF1-4']))
})

test('an ARV restricts access to the patient or, after PV1, to the visit; what follows it belongs where it would without it', () => {
  const arv = (value: string) => `ARV|1|A|${value}|PAT~VIP|Ask first|20260701^20270701|R||PID^1^13`
  const { events, unused } = read(
    arv('DEM'),
    `PV1|1|I${'|'.repeat(17)}V1`,
    arv('LOC'),
    'ROL||AD|AT|C1^RAO',
  )
  const restrictions = events.flatMap(({ body, place }) =>
    body.type === 'AlertReported' ? [{ place, ...body }] : [],
  )
  expect(restrictions).toMatchObject([
    {
      place: 'ARV[1]',
      alertId: '~access-restriction|DEM|',
      code: { code: 'DEM' },
      restrictsAccess: true,
      action: 'A',
      reasons: [{ code: 'PAT' }, { code: 'VIP' }],
      notes: ['Ask first'],
      from: '2026-07-01',
      until: '2027-07-01',
      classification: { code: 'R' },
      encounterId: null,
    },
    {
      place: 'ARV[2]',
      alertId: '~access-restriction|LOC|V1',
      code: { code: 'LOC' },
      encounterId: 'V1',
    },
  ])
  expect(
    events.flatMap(({ body }) => (body.type === 'CareTeamMemberReported' ? [body.scope] : [])),
  ).toEqual(['ENCOUNTER'])
  expect(unused).toContain('ARV-9')
})

test('a PRT that names a place alone is told by it; one that names nothing is not', () => {
  const members = read('PRT||AD||AD|||||WARD^3', 'PRT||AD||AT').events.flatMap(({ body }) =>
    body.type === 'CareTeamMemberReported' ? [body] : [],
  )
  expect(members).toMatchObject([
    {
      memberId: '~AD|WARD|PATIENT|',
      practitioner: null,
      organisation: null,
      location: { pointOfCare: 'WARD', room: '3' },
    },
  ])
})

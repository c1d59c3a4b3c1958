import { expect, test } from 'vitest'
import { normalise } from '../../normalise/normalise.ts'
import { x99, mappings, read } from './clinical-segments.fixture.ts'

test('clinical segments before the orders of a result message are reported', () => {
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

test('the accident of a visit is reported with the visit', () => {
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

test('a disability of the patient (DB1-2 PT) is reported; that of the insured is listed', () => {
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

test('each cause of death is a condition, with certifier and time', () => {
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

test('an autopsy is a procedure with its time and performer; none unless PDA-6 is Y', () => {
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

test('a referral is a request identified by its number; without number, type and reason it is not reported', () => {
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

test('an ARV restricts access to the patient or, after PV1, to the visit; it does not change what later segments belong to', () => {
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

test('a PRT with a location alone is identified by it; an empty one is not reported', () => {
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

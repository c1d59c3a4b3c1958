import type { RequestReported } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { given, msh, pid, xl1 } from '../../normalise/normalise.fixture.ts'

const rf1 = 'RF1|P|R|NEPH||O|R1^X99|||20260701|N17.9^ARF^I10\r'
const bodies = (type: string, ...segments: string[]) =>
  given(`${msh(type)}${segments.join('')}`).events.map(({ body }) => body)
const referralIn = (type: string, ...segments: string[]) =>
  bodies(type, ...segments).find(({ type: name }) => name === 'RequestReported') as
    | (RequestReported & { type: 'RequestReported' })
    | undefined

test.each([
  ['REF^I12', '', 'REFERRED'],
  ['REF^I13', '', 'MODIFIED'],
  ['REF^I14', '', 'CANCELLED'],
  ['REF^I15', '', 'STATUS_ASKED'],
  ['RRI^I12', 'MSA|AA|1\r', 'ANSWERED'],
  ['RRI^I12', '', 'ANSWERED'],
  ['RRI^I12', 'MSA|AR|1\r', 'REFUSED'],
  ['RRI^I13', 'MSA|ca|1\r', 'MODIFICATION_ANSWERED'],
  ['RRI^I14', 'MSA|ae|1\r', 'CANCELLATION_REFUSED'],
  ['RRI^I15', 'MSA|??|1\r', 'STATUS_ANSWERED'],
])('%s with %j says %s', (type, msa, trigger) => {
  expect(referralIn(type, msa, rf1, pid)).toMatchObject({
    requestId: 'referral R1',
    trigger,
    category: 'REFERRAL',
    priority: 'R',
    reasons: [{ code: 'N17.9' }],
  })
})

test('from whom and to whom, with every provider, contact and authorisation', () => {
  const referral = referralIn(
    'REF^I12',
    rf1,
    'AUT|PLAN|ICB1|South East London|20260701|20260801|A1^ICB|500|6|4|20260630\r',
    'CTD|PC|OKORO^ADA\r',
    'PRD|RP|PATEL^ASHA^^^DR|1 HILL^^LONDON|||||||KINGS\r',
    'CTD|O|REED^TOM\r',
    'PRD|rt|HALE^RUTH|||||2200022^GMC|||EVELINA\r',
    'PRD|XX^Local role|WARD^LEE\r',
    'PRD|PP\r',
    pid,
  )
  expect(referral).toMatchObject({
    requesters: [{ family: 'PATEL', prefix: 'DR' }],
    organisation: { name: 'KINGS' },
    performer: { name: 'EVELINA' },
    participants: [
      { practitioner: { family: 'PATEL' }, role: { code: 'RP' } },
      { practitioner: { family: 'HALE', identifier: '2200022' }, role: { code: 'rt' } },
      { practitioner: { family: 'WARD' }, role: { code: 'XX', text: 'Local role' } },
    ],
    contacts: [{ names: [{ family: 'OKORO' }] }, { names: [{ family: 'REED' }] }],
    authorisations: [
      { number: 'A1', authority: 'ICB', treatmentsRequested: '6', treatmentsAuthorised: '4' },
    ],
  })
  expect(referral?.participants[0]?.detail?.addresses[0]).toMatchObject({ city: 'LONDON' })
})

test('a note at the end or below the providers is about the referral, not about its results', () => {
  const sent = bodies(
    'REF^I12',
    rf1,
    'NTE|1||By phone\r',
    'PRD|RP|PATEL\r',
    'NTE|1||Back on Monday\r',
    pid,
    'OBR|1||F1|UE\rNTE|1||Before dialysis\rOBX|1|NM|K||6.9||||||F\r',
    'PV1|1|I|||||||||||||||||V1\rNTE|1||Needs an interpreter\r',
  )
  expect(sent.find(({ type }) => type === 'RequestReported')).toMatchObject({
    notes: ['By phone', 'Back on Monday', 'Needs an interpreter'],
    encounterId: 'V1',
  })
  expect(sent.find(({ type }) => type === 'ResultReported')).toMatchObject({
    notes: ['Before dialysis'],
    encounterId: 'V1',
  })
})

test('everything clinical is in its section, with the visit, whatever its place', () => {
  const sent = bodies(
    'REF^I12',
    rf1,
    pid,
    'DG1|1||N17.9^ARF^I10|||F\rAL1|1|DA|PEN\rPR1|1||X40.3^Dialysis\rPRT||AD||AP|5500055^MOSS\r',
    'OBR|1||F1|UE\rOBX|1|NM|K||6.9||||||F\rOBX|2|NM|NA||140||||||F\r',
    'PV1|1|I|||||||||||||||||V1\r',
  )
  expect(sent.map(({ type }) => type).toSorted()).toEqual([
    'AllergyReported',
    'ConditionReported',
    'PatientDetailsReported',
    'ProcedureReported',
    'RequestReported',
    'ResultReported',
    'VisitUpdated',
  ])
  expect(sent.find(({ type }) => type === 'ResultReported')).toHaveProperty(
    'observations.length',
    2,
  )
  expect(sent.find(({ type }) => type === 'ProcedureReported')).toMatchObject({
    performers: [{ practitioner: { family: 'MOSS' }, role: { code: 'AP' } }],
    encounterId: 'V1',
  })
})

test('without RF1 the rest is used, and a REF says that its referral is missing', () => {
  const alone = given(`${msh('REF^I12')}${pid}AL1|1|DA|PEN\r`)
  expect(alone.problem).toEqual({ code: 'USED_IN_PART', place: 'RF1' })
  expect(alone.events.map(({ body }) => body.type)).toContain('AllergyReported')
  expect(given(`${msh('RRI^I12')}MSA|AA|1\r${pid}`).problem).toBeNull()
  expect(given(`${msh('RRI^I12')}MSA|AR|1\r${pid}`).problem).toEqual({
    code: 'USED_IN_PART',
    place: 'RF1',
  })
})

test('a referral that nothing identifies is left out and listed', () => {
  const { problem, unused, events } = given(`${msh('REF^I12')}RF1|P|R\rPRD|RP|PATEL\r${pid}`)
  expect(problem).toEqual({ code: 'USED_IN_PART', place: 'RF1-6' })
  expect(unused).toEqual(expect.arrayContaining(['RF1-2', 'PRD-2']))
  expect(events.map(({ body }) => body.type)).toEqual(['PatientDetailsReported'])
})

test('an unknown status is kept as sent, and a lower-case one is known', () => {
  const statusOf = (code: string) => referralIn('RRI^I12', rf1.replace('|P|', `|${code}|`), pid)
  expect(statusOf('ZZ')).toMatchObject({ status: 'unknown', statusAsSent: 'ZZ' })
  expect(statusOf('a')).toMatchObject({ status: 'accepted', statusAsSent: 'a' })
})

test('a referral in an ADT says nothing but its own state, as before', () => {
  expect(referralIn('ADT^A01', 'EVN|A01|20260701\r', pid, rf1)).toMatchObject({
    requestId: 'referral R1',
    trigger: null,
    authorisations: [],
  })
})

test.each(['D', 'd'])('an authorisation that was deleted (AUT-29 %s) is not one', (action) => {
  const aut = (number: string, more: string) => `AUT|PLAN|||||${number}${'|'.repeat(22)}${more}\r`
  const text = `${rf1}${aut('A1', `|${action}`)}${aut('A2', 'Six visits')}${pid}`
  expect(referralIn('REF^I12', text)?.authorisations).toMatchObject([
    { number: 'A2', comment: 'Six visits' },
  ])
  expect(given(`${msh('REF^I12')}${text}`).unused).toContain('AUT-29')
})

test('an answer of another organisation means the referral of the organisation of the patient', () => {
  const idOf = (type: string, number: string, source = xl1) =>
    given(`${msh(type)}RF1|A|||||${number}\r${pid}`, source).events.flatMap(({ body }) =>
      body.type === 'RequestReported' ? [body.requestId] : [],
    )
  expect(idOf('RRI^I12', 'R1')).toEqual(['referral R1'])
  expect(idOf('RRI^I12', 'R1^X99')).toEqual(['referral R1'])
  expect(idOf('REF^I12', 'R1')).toEqual(['XL1:referral R1'])
})

import type { EventBody } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { bodies, bundleOf, message, paths, readingOf } from './compare.fixture.ts'
import { compare } from './compare.ts'
import { unitsOf } from './event-leaves.ts'
import { hl7When, isoWhen, sameTime } from './wordings.ts'

test('a value that is not in the message is not compared', () => {
  const { held, missed } = paths(
    bundleOf({
      resourceType: 'Patient',
      id: '1',
      name: [{ family: 'DOE', given: ['MARY'] }],
      gender: 'female',
    }),
  )
  expect(held).toEqual(['Patient.name.family', 'Patient.gender'])
  expect(missed).toEqual([])
})

test('without events every fact is missed', () => {
  expect(
    compare(
      message,
      [],
      bundleOf({ resourceType: 'Patient', birthDate: '1980-01-01', name: [{ family: 'DOE' }] }),
    ).missed,
  ).toHaveLength(2)
})

test('payers are not compared; a contact organisation is looked for in the contact, and a practitioner in the care team', () => {
  const sent =
    'MSH|^~\\&|PAS|X99|||202607010915||ADT^A08|1|P|2.5.1\rPID|1||1002003^^^X99^MR||DOE^JANE\rROL||AD|PP|C1^RAO\r' +
    'NK1|1||EMC||||||||||MILL HOUSE\rGT1|1||PAYER^PAUL\rIN1|1|P1|C9|INSURER'
  const read = readingOf(sent)
  const related = (family: string) => ({ resourceType: 'RelatedPerson', name: [{ family }] })
  const patient = {
    resourceType: 'Patient',
    id: '1',
    managingOrganization: { reference: 'Organization/1' },
    generalPractitioner: [{ reference: 'Practitioner/1' }],
  }
  const bundle = bundleOf(
    related('PAYER'),
    patient,
    { resourceType: 'Organization', id: '1', name: 'MILL HOUSE' },
    { resourceType: 'Practitioner', id: '1', name: [{ family: 'RAO' }] },
  )
  const { held, missed } = compare(read.message, read.bodies, bundle)
  expect(missed).toEqual([])
  expect(
    unitsOf(read.bodies.find(({ type }) => type === 'ContactReported') as EventBody)[0]?.leaves.map(
      ({ path }) => path,
    ),
  ).toContain('organisation.name')
  expect(held.map(({ kind, path }) => [kind, path])).toEqual([
    ['contacts', 'Patient>Organization.name'],
    ['carers', 'Patient>Practitioner.name.family'],
  ])
  expect(
    compare(
      read.message,
      read.bodies.filter(({ type }) => type === 'PatientDetailsReported'),
      bundle,
    ).missed,
  ).toHaveLength(2)
})

test('values that only our events have are listed, and no others', () => {
  const only = (bundle: Parameters<typeof compare>[2]) =>
    compare(message, bodies, bundle).onlyOurs.map(({ path }) => path)
  expect(only(bundleOf())).toContain('birthDate')
  expect(only(bundleOf({ resourceType: 'Patient', birthDate: '1980-01-01' }))).not.toContain(
    'birthDate',
  )
})

test.each([
  ['the same instant in two zones', '202607010915+0100', '2026-07-01T08:15:00Z', true],
  ['another minute', '202607010915+0100', '2026-07-01T08:16:00Z', false],
  ['a day and a time of it', '202607010915', '2026-07-01', true],
  ['a clock without a zone', '202607010915', '2026-07-01T09:15:00+05:30', true],
  ['another day', '20260701', '2026-07-02', false],
])('%s', (_, sent, given, same) => {
  const [one, other] = [hl7When(sent), isoWhen(given)]
  expect(one !== null && other !== null && sameTime(one, other)).toBe(same)
})

test('of a message that deletes a person only the identity is compared', () => {
  const read = readingOf(
    'MSH|^~\\&|PAS|X99|||202607010915||ADT^A29|1|P|2.5.1\rEVN||202607010915\rPID|1||1002003^^^X99^MR||DOE^JANE\rPV1|1|I|WARD7',
  )
  const bundle = bundleOf(
    { resourceType: 'Patient', name: [{ family: 'DOE' }] },
    { resourceType: 'Encounter', class: { code: 'IMP' } },
  )
  expect(compare(read.message, read.bodies, bundle)).toMatchObject({
    held: [{ path: 'Patient.name.family' }],
    missed: [],
  })
})

test('a death certificate is found with the causes of death, and nowhere else', () => {
  const certificate = bundleOf({
    resourceType: 'Procedure',
    code: { coding: [{ code: 'death-certification' }] },
    performedDateTime: '2026-07-01',
  })
  const of = (segment: string) =>
    readingOf(
      `MSH|^~\\&|PAS|X99|||202607010915||ADT^A08|1|P|2.5.1\rPID|1||1002003^^^X99^MR||DOE^JANE\r${segment}`,
    )
  const [stated, other] = [of('PDA|I21|||20260701'), of('PR1|1||X40||20260701')]
  expect(compare(stated.message, stated.bodies, certificate)).toMatchObject({
    held: [{ path: 'Procedure.performedDateTime' }],
    missed: [],
  })
  expect(compare(other.message, other.bodies, certificate).missed).toHaveLength(1)
})

test('of a document only the notes count for its order; a number is compared without its subcomponents', () => {
  const read = readingOf(
    'MSH|^~\\&|LIMS|X99|||202607010915||MDM^T02|1|P|2.8\rPID|1||1002003^^^X99^MR||DOE^JANE\rPV1|1|I\rORC|NW|P1||G1&L\rOBR|1|P1||CXR\r' +
      'TXA|1|DI|TX|20260701|||||AUTHOR||||D1\rNTE|1||Seen||C7^NOTER\rOBX|1|TX|T||text\r',
  )
  const { held, missed } = compare(
    read.message,
    read.bodies,
    bundleOf(
      {
        resourceType: 'ServiceRequest',
        id: 's',
        identifier: [{ value: 'G1&L' }],
        note: [{ text: 'Seen', authorReference: { reference: 'Practitioner/n' } }],
        requester: { reference: 'Practitioner/a' },
      },
      { resourceType: 'Practitioner', id: 'n', name: [{ family: 'NOTER' }] },
      { resourceType: 'Practitioner', id: 'a', name: [{ family: 'AUTHOR' }] },
    ),
  )
  expect(held.map(({ value }) => value)).toEqual(['G1&L', 'Seen', 'NOTER'])
  expect(missed.map(({ value }) => value)).toEqual(['AUTHOR'])
})

test('the amount of a vaccine is compared only if it was sent', () => {
  const dose = (value: number) =>
    bundleOf({
      resourceType: 'Immunization',
      vaccineCode: { coding: [{ code: '88' }] },
      doseQuantity: { value },
    })
  const of = (amount: string) =>
    readingOf(
      `MSH|^~\\&|EHR|X99|||202607010915||VXU^V04|1|P|2.5.1\rPID|1||1002003^^^X99^MR||DOE^JANE\rORC|RE||V1\rRXA|0|1|20260701||88^Flu^CVX|${amount}\r`,
    )
  const [untold, told] = [of('999'), of('5')]
  const values = ({ held, missed }: ReturnType<typeof compare>) =>
    [held, missed].map(
      (facts) => facts.filter(({ path }) => path.endsWith('doseQuantity.value')).length,
    )
  expect(values(compare(untold.message, untold.bodies, dose(999)))).toEqual([0, 0])
  expect(values(compare(told.message, told.bodies, dose(5)))).toEqual([1, 0])
})

test('the text of a role may be in the care team, a name may not', () => {
  const read = readingOf(
    'MSH|^~\\&|LIMS|X99|||202607010915||OML^O21|1|P|2.8\rPID|1||1002003^^^X99^MR||DOE^JANE\rPRT|1|AD||AD^Admitting|C1^TEAM\rORC|NW|P1\rPRT|1|AD||AD|C2^OTHER\rOBR|1|P1||UE\r',
  )
  const request = bundleOf(
    {
      resourceType: 'ServiceRequest',
      id: 's',
      performer: [{ reference: 'PractitionerRole/r' }, { reference: 'Practitioner/t' }],
    },
    {
      resourceType: 'PractitionerRole',
      id: 'r',
      code: [{ coding: [{ code: 'AD', display: 'Admitting' }] }],
    },
    { resourceType: 'Practitioner', id: 't', name: [{ family: 'TEAM' }] },
  )
  const { held, missed } = compare(read.message, read.bodies, request)
  expect([held.map(({ value }) => value), missed.map(({ value }) => value)]).toEqual([
    ['AD', 'Admitting'],
    ['TEAM'],
  ])
})

import { readMessage } from '@tideway/hl7v2/lexer/header'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import type { EventBody } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { openNormaliser, sandboxOf } from '../hl7-reader.ts'
import { compare } from './compare.ts'
import { unitsOf } from './event-leaves.ts'
import { hl7When, isoWhen, sameTime } from './wordings.ts'

const text =
  'MSH|^~\\&|LIMS|X99|||202607010915||ORU^R01|1|P|2.4\rPID|1||1002003^^^X99^MR||DOE^JANE||19800101|F\r' +
  'OBR|1||L1|U&E^Urea^L\rOBX|1|NM|K^Potassium^L||4.10|mmol/L|||||F|||20260701|||||||||LAB 1^L|1 Long Lane\rOBX|2|NM|NA^Sodium^L||140|mmol/L|||||P\r'
const toEvents = await openNormaliser()
const readingOf = (sent: string) => {
  const bytes = Buffer.from(sent)
  return {
    message: readMessage(bytes, 'utf-8') as Hl7Message,
    bodies: toEvents(bytes, sandboxOf(null)).events.map(({ body }) => body),
  }
}
const { message, bodies } = readingOf(text)
const bundleOf = (...resources: object[]) =>
  ({ entry: resources.map((resource) => ({ resource })) }) as Parameters<typeof compare>[2]
const observation = (code: string, more: object) => ({
  resourceType: 'Observation',
  id: code,
  code: { coding: [{ code }] },
  ...more,
})
const paths = (bundle: Parameters<typeof compare>[2]) => {
  const { held, missed } = compare(message, bodies, bundle)
  return { held: held.map(({ path }) => path), missed: missed.map(({ path }) => path) }
}

test('a value, its unit, its time, its status and who made it are found in the observation of that code, whatever the zeros', () => {
  const { held, missed } = paths(
    bundleOf(
      observation('K', {
        status: 'final',
        effectiveDateTime: '2026-07-01',
        valueQuantity: { value: 4.1, unit: 'mmol/L' },
        performer: [{ display: 'LAB 1' }, { display: '1 Long Lane' }],
      }),
    ),
  )
  expect(missed).toEqual([])
  expect(held).toEqual(
    expect.arrayContaining([
      'Observation.valueQuantity.value',
      'Observation.valueQuantity.unit',
      'Observation.status',
      'Observation.effectiveDateTime',
    ]),
  )
})

test('the value or the status of another observation does not count', () => {
  expect(
    paths(bundleOf(observation('NA', { status: 'final', valueQuantity: { value: 4.1 } }))).missed,
  ).toEqual(['Observation.status', 'Observation.valueQuantity.value'])
})

test("an order's answers are observations, and what its OBR asks for a report", () => {
  const ask = readingOf(
    'MSH|^~\\&|LIMS|X99|||202607010915||OML^O21|1|P|2.4\rPID|1||1002003^^^X99^MR||DOE^JANE||19800101|F\rORC|NW|P1\rOBR|1|P1||CUL^Culture^L\r' +
      'OBX|1|ST|PREG^Pregnant^L||NO||||||F\rOBX|2|ST|FAST^Fasting^L||YES||||||P\r',
  )
  const bundle = bundleOf(
    observation('PREG', { status: 'final', valueString: 'NO' }),
    observation('FAST', { valueString: 'NO' }),
    { resourceType: 'DiagnosticReport', code: { coding: [{ code: 'CUL' }] } },
  )
  const { held, missed } = compare(ask.message, ask.bodies, bundle)
  expect(held.map(({ value }) => value)).toEqual(
    expect.arrayContaining(['PREG', 'final', 'NO', 'CUL']),
  )
  expect(missed).toEqual([expect.objectContaining({ codes: ['FAST'], value: 'NO' })])
})

test('of the visit a result tells its number alone; an order tells the place too', () => {
  const visit = {
    resourceType: 'Encounter',
    identifier: [{ value: 'V77' }],
    location: [{ location: { reference: 'Location/1' } }],
  }
  const bundle = bundleOf(visit, { resourceType: 'Location', id: '1', name: 'PICU' })
  const pv1 = `PV1|1|I|PICU${'|'.repeat(16)}V77\r`
  const result = readingOf(text.replace('OBR|', `${pv1}OBR|`))
  const order = readingOf(
    text.replace('ORU^R01', 'ORM^O01').replace('OBR|', `${pv1}ORC|NW|P1\rOBR|`),
  )
  const [ofResult, ofOrder] = [result, order].map((read) =>
    compare(read.message, read.bodies, bundle),
  )
  expect([ofResult?.held, ofOrder?.held].map((held) => held?.map(({ value }) => value))).toEqual([
    ['V77'],
    ['V77', 'PICU'],
  ])
  expect([...(ofResult?.missed ?? []), ...(ofOrder?.missed ?? [])]).toEqual([])
  expect(compare(result.message, [], bundle).missed.map(({ value }) => value)).toEqual(['V77'])
})

test('a note below the document of an order is told in the document, and nothing else of the order is', () => {
  const sent = readingOf(`${text}TXA|1|DIS||||||||||D1\rNTE|1||typed`)
  const documents = sent.bodies.filter(({ type }) => type === 'DocumentReported')
  const { held, missed } = compare(
    sent.message,
    documents,
    bundleOf({ resourceType: 'ServiceRequest', note: [{ text: 'typed' }], code: { text: 'D1' } }),
  )
  expect([held, missed].map((facts) => facts.map(({ value }) => value))).toEqual([
    ['typed'],
    ['D1'],
  ])
})

test('a charge for a medicine is none dispensed', () => {
  const sent = readingOf(`${text}FT1|1||||||||||5|||||||||||||||A9^ASPIRIN`)
  expect(
    compare(
      sent.message,
      [],
      bundleOf({
        resourceType: 'MedicationDispense',
        medicationCodeableConcept: { coding: [{ code: 'A9' }] },
        quantity: { value: 1 },
      }),
    ).missed,
  ).toEqual([])
})

test('what the message does not say is no fact', () => {
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

test('without events every fact is missing', () => {
  expect(
    compare(
      message,
      [],
      bundleOf({ resourceType: 'Patient', birthDate: '1980-01-01', name: [{ family: 'DOE' }] }),
    ).missed,
  ).toHaveLength(2)
})

test('who pays is no fact; an organisation to turn to is one, in the contact, and one who cares for the patient in the care team', () => {
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

test('what only our events say is listed, and nothing of it that the other has too', () => {
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

test('of a message that deletes a person, only who it is counts', () => {
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

test('the certificate of a death is found where the causes of death are stated, and nowhere else', () => {
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

test('of a document only its notes tell of the order; a number counts without its subcomponents', () => {
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

test('an amount of a vaccine that was not told is no fact; one that was is', () => {
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

test('the words of a role may be those of the care team, a name of it may not', () => {
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

import { expect, test } from 'vitest'
import { bundle, patient, post, read, system } from '../sender.fixture.ts'

const mrn = (value: string, more: object = {}) => ({ system: system('X99'), value, ...more })
const link = (type: string, other: object) => ({ link: [{ type, other }] })
const linkEventsOf = ({ events }: ReturnType<typeof read>) =>
  events.map(({ patientKey, place, body }) => [
    patientKey,
    body.type,
    ...(body.type === 'PatientsMerged'
      ? [body.survivingKey, ...body.priorKeys]
      : body.type === 'PatientsLinked'
        ? body.otherKeys
        : []),
    place,
  ])

test.each([
  ['replaced-by', 'X99|B2', 'X99|A1'],
  ['replaces', 'X99|A1', 'X99|B2'],
])('a patient that is %s another is a merge, with an event for both', (type, surviving, prior) => {
  const place = 'Patient.link[0]'
  const submitted = read(patient('A1', link(type, { identifier: mrn('B2', { use: 'old' }) })))
  expect(linkEventsOf(submitted)).toEqual([
    ['X99|A1', 'PatientDetailsReported', 'Patient'],
    ['X99|A1', 'PatientsMerged', surviving, prior, place],
    ['X99|B2', 'PatientsMerged', surviving, prior, place],
  ])
  expect(submitted.unused).toEqual([])
})

test.each(['seealso', 'refer'])(
  'a patient linked by %s is a link, with an event for both',
  (type) => {
    const entries = [
      post(patient('A1', link(type, { reference: 'urn:uuid:b' })), 'urn:uuid:a'),
      post(patient('B2'), 'urn:uuid:b'),
    ]
    const submitted = linkEventsOf(read(bundle('transaction', ...entries))).filter(
      ([, event]) => event !== 'PatientDetailsReported',
    )
    expect(submitted.map((one) => one.slice(0, 3))).toEqual([
      ['X99|A1', 'PatientsLinked', 'X99|B2'],
      ['X99|B2', 'PatientsLinked', 'X99|A1'],
    ])
  },
)

test('two patients that link to each other are not duplicates', () => {
  const entries = [
    post(patient('A1', link('replaces', { reference: 'urn:uuid:b' })), 'urn:uuid:a'),
    post(patient('B2', link('replaced-by', { reference: 'urn:uuid:a' })), 'urn:uuid:b'),
  ]
  const { faults, events } = read(bundle('transaction', ...entries))
  expect(faults).toEqual([])
  expect(
    events.flatMap(({ body }) =>
      body.type === 'PatientsMerged' ? [[body.survivingKey, ...body.priorKeys].join()] : [],
    ),
  ).toEqual(Array(4).fill('X99|A1,X99|B2'))
})

test.each([
  ['an unknown patient', { reference: 'Patient/9' }],
  [
    'a patient its source may not report on',
    { identifier: { system: system('RJ1'), value: 'B2' } },
  ],
  ['itself', { identifier: mrn('A1') }],
])('a link to %s has no event, and is listed', (_, other) => {
  const { events, unused, faults } = read(patient('A1', link('replaced-by', other)))
  expect([events.length, unused, faults]).toEqual([1, ['Patient.link'], []])
})

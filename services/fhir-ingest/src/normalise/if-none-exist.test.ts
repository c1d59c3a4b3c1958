import { expect, test } from 'vitest'
import { answerTo } from '../http/answer.ts'
import { bundle, observation, patient, post, publicIds, read, system } from '../sender.fixture.ts'

const [first, second] = [
  'urn:uuid:11111111-1111-4111-8111-111111111111',
  'urn:uuid:22222222-2222-4222-8222-222222222222',
]
const rate = (reference: string) =>
  observation('8867-4', { valueQuantity: { value: 80, unit: '/min' } }, { subject: { reference } })
const ifNone = (fullUrl: string, value = 'BF39', more: object = {}) => {
  const resource = patient(value, more)
  const ifNoneExist = `identifier=${system('X99')}|${value}`
  return { fullUrl, resource, request: { method: 'POST', url: 'Patient', ifNoneExist } }
}
const eventsIn = (sent: ReturnType<typeof read>) =>
  sent.events.map(({ body, patientKey }) => [body.type, patientKey])

test('the same conditional create twice gives one patient, to whom both fullUrls lead', () => {
  const sent = read(
    bundle('transaction', ifNone(first), ifNone(second), post(rate(second)), post(rate(first))),
  )
  expect(sent.faults).toEqual([])
  expect(eventsIn(sent)).toEqual([
    ['PatientDetailsReported', 'X99|BF39'],
    ['ResultReported', 'X99|BF39'],
    ['ResultReported', 'X99|BF39'],
  ])
  const { body } = answerTo(sent, 'POST', '/fhir', 'X99', 'minimal', publicIds)
  const [one, two] = (body as { entry: { response: { status: string; location: string } }[] }).entry
  expect([one?.response.status, two?.response]).toEqual(['201', one?.response])
})

test.each(['transaction', 'batch'])(
  'in a %s, an update counts before a conditional create',
  (type) => {
    const update = {
      resource: patient('BF39', { id: 'p', gender: 'female' }),
      request: { method: 'PUT', url: 'Patient/p' },
    }
    for (const entries of [
      [ifNone(first), update],
      [update, ifNone(first)],
    ]) {
      const sent = read(bundle(type, ...entries, post(rate(first))))
      expect([sent.faults, sent.problem]).toEqual([[], null])
      expect(eventsIn(sent)).toEqual([
        ['PatientDetailsReported', 'X99|BF39'],
        ['ResultReported', 'X99|BF39'],
      ])
      expect(sent.events[0]?.body).toMatchObject({ sex: 'FEMALE' })
    }
  },
)

test('two different patients stay two, and the same create twice without condition a fault', () => {
  expect(eventsIn(read(bundle('transaction', ifNone(first), ifNone(second, 'BF40'))))).toEqual([
    ['PatientDetailsReported', 'X99|BF39'],
    ['PatientDetailsReported', 'X99|BF40'],
  ])
  const twice = read(bundle('transaction', post(patient('A1'), first), post(patient('A1'), second)))
  expect(twice.faults.map(({ code }) => code)).toEqual(['DUPLICATE_ENTRY'])
})

test('a conditional create of what was sent before gives the same patient and the same id', () => {
  const locations = [
    bundle('transaction', ifNone(first)),
    bundle('transaction', ifNone(second)),
  ].map((sent) =>
    JSON.stringify(answerTo(read(sent), 'POST', '/fhir', 'X99', 'minimal', publicIds).body),
  )
  expect(locations[0]).toBe(locations[1])
})

test('any resource created twice under one condition is one', () => {
  const ifNoneExist = `identifier=${system('X99', 'report')}|O1`
  const once = (fullUrl: string) => ({
    fullUrl,
    resource: observation(
      'K',
      { valueQuantity: { value: 6.1 } },
      {
        identifier: [{ system: system('X99', 'report'), value: 'O1' }],
        subject: { reference: first },
      },
    ),
    request: { method: 'POST', url: 'Observation', ifNoneExist },
  })
  const sent = read(
    bundle('transaction', post(patient('A1'), first), once('urn:uuid:a'), once('urn:uuid:b')),
  )
  expect([sent.faults, eventsIn(sent).length]).toEqual([[], 2])
})

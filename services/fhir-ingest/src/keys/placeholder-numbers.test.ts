import { isPlaceholderKey } from '@tideway/schemas/public-id'
import { expect, test } from 'vitest'
import { remembering } from '../references/client.fixture.ts'
import { bundle, observation, patient, read, system, trust } from '../sender.fixture.ts'

const collected = (...resources: object[]) =>
  bundle('collection', ...resources.map((resource) => ({ resource })))
const result = (subject: object) => observation('K', { valueString: '7.9' }, { subject })

test.each(['UNKNOWN', '0000000', 'temp', '.', '9999999'])(
  'a Patient under %s is no patient of that number',
  (number) => {
    const [key, ...others] = read(patient(number)).patientKeys
    expect([isPlaceholderKey(key ?? ''), others]).toEqual([true, []])
    expect(read(patient(number)).patientKeys).toEqual([key])
    expect(read({ ...patient(number), gender: 'male' }).patientKeys).not.toEqual([key])
  },
)

test('a placeholder of the source is one for that source', () => {
  const own = { ...trust, placeholders: ['A&E'] }
  expect(read(patient('A&E')).patientKeys).toEqual(['X99|A&E'])
  expect(read(patient('A&E'), own).patientKeys.map(isPlaceholderKey)).toEqual([true])
})

test('two Patients of one submission under one placeholder are two, and a reference to it neither', () => {
  const two = [patient('UNKNOWN'), { ...patient('UNKNOWN'), gender: 'female' }]
  expect(new Set(read(collected(...two)).patientKeys).size).toBe(2)
  const about = { identifier: { system: system('X99'), value: 'UNKNOWN' } }
  const { faults } = read(collected(...two, result(about)))
  expect(faults.map(({ code }) => code)).toContain('SEVERAL_PATIENTS')
})

test('what is sent to the address of one stays with that one', () => {
  const client = remembering()
  const [first, second] = ['male', 'female'].map((gender) =>
    client.post({ ...patient('UNKNOWN'), gender }),
  )
  const names = [first, second].map((sent) => sent?.stated.flatMap(({ names }) => names)[0])
  expect(new Set(names).size).toBe(2)
  const later = client.post(result({ reference: names[0] }))
  expect(later.patientKeys).toEqual(first?.patientKeys)
})

test('a Patient that its client sends to an address is known by the address', () => {
  const client = remembering()
  const one = client.put({ ...patient('UNKNOWN'), id: 'p1' })
  const again = client.put({ ...patient('UNKNOWN'), id: 'p1', gender: 'male' })
  expect(one.patientKeys).toEqual(again.patientKeys)
  expect(one.patientKeys.map(isPlaceholderKey)).toEqual([false])
})

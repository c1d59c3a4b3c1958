import { expect, test } from 'vitest'
import { read, system } from '../sender.fixture.ts'

const subject = { identifier: { system: system('X99'), value: 'A1' } }
const clinical = (type: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${type}-clinical`, code: 'active' }],
})
const onsetOf = (more: object) =>
  [
    { resourceType: 'Condition', clinicalStatus: clinical('condition'), subject },
    {
      resourceType: 'AllergyIntolerance',
      clinicalStatus: clinical('allergyintolerance'),
      patient: subject,
    },
  ].map((resource) => {
    const { events, unused } = read({ ...resource, code: { text: 'Nuts' }, ...more })
    expect(unused).toEqual([])
    const [body] = events.map((event) => event.body)
    return body !== undefined && 'onsetText' in body ? body.onsetText : undefined
  })

const ucum = { system: 'http://unitsofmeasure.org' }
test.each([
  [{ onsetString: 'childhood' }, 'childhood'],
  [{ onsetAge: { ...ucum, value: 5, unit: 'years', code: 'a' } }, 'age 5 years'],
  [{ onsetAge: { ...ucum, value: 6, comparator: '<', code: 'mo' } }, 'age <6 mo'],
  [{ onsetRange: { low: { value: 5, unit: 'a' }, high: { value: 7, unit: 'a' } } }, 'age 5-7 a'],
  [
    { onsetRange: { low: { value: 6, unit: 'mo' }, high: { value: 2, unit: 'a' } } },
    'age 6 mo-2 a',
  ],
  [{ onsetDateTime: '1998' }, null],
])('the onset %j in words', (onset, words) => expect(onsetOf(onset)).toEqual([words, words]))

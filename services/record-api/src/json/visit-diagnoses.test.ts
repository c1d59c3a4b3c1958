import { expect, test } from 'vitest'
import { adt, storedAfter, subject, summaryAfter, summaryIn, texts } from './short-form.fixture.ts'

const dg1 = 'DG1|1||I21^Infarction^I10||20260901|F'
const visit = (number: string) => `PV1|1|I|W1^1^1||||||||||||||||${number}`

test('a diagnosis of an open visit is among the problems, said as one, until the visit ends', () => {
  const admitted = adt('A01', '20260901100000', dg1)
  const { problems } = summaryAfter(admitted)
  expect(problems.lines).toMatchObject([
    { text: 'Infarction (visit diagnosis)', status: 'reported', encounter: expect.any(String) },
  ])
  expect(texts(summaryAfter(admitted, adt('A03', '20260902100000')).problems)).toEqual([])
})

test('a diagnosis that comes before its admission, or whose discharge is cancelled, is shown', () => {
  expect(
    texts(summaryAfter(adt('A08', '20260901090000', dg1), adt('A01', '20260901100000')).problems),
  ).toEqual(['Infarction (visit diagnosis)'])
  expect(
    texts(
      summaryAfter(
        adt('A01', '20260901100000', dg1),
        adt('A03', '20260902100000'),
        adt('A13', '20260902110000'),
      ).problems,
    ),
  ).toEqual(['Infarction (visit diagnosis)'])
})

test('diagnoses of past visits never hide those of the visit that goes on', () => {
  const past = Array.from({ length: 8 }, (_, n) => [
    adt('A01', `202609${10 + n}100000`, visit(`P${n}`), `DG1|1||D${n}^Past ${n}||202609${10 + n}`),
    adt('A03', `202609${10 + n}110000`, visit(`P${n}`)),
  ]).flat()
  const current = adt('A01', '20260901100000', dg1)
  expect(texts(summaryIn(storedAfter(current, ...past)).problems)).toEqual([
    'Infarction (visit diagnosis)',
  ])
})

const encounter = (more: object) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    {
      fullUrl: 'urn:uuid:e',
      resource: {
        resourceType: 'Encounter',
        id: 'E1',
        status: 'in-progress',
        class: { code: 'IMP' },
        subject,
        period: { start: '2026-09-01T10:00:00+01:00' },
        ...more,
      },
    },
    {
      fullUrl: 'urn:uuid:c',
      resource: { resourceType: 'Condition', id: 'C1', subject, code: { text: 'Pneumonia' } },
    },
  ],
})

test('Encounter.diagnosis makes a condition a diagnosis of that visit', () => {
  expect(
    summaryAfter(encounter({ diagnosis: [{ condition: { reference: 'urn:uuid:c' } }] })).problems
      .lines,
  ).toMatchObject([{ text: 'Pneumonia (visit diagnosis)' }])
  expect(
    texts(
      summaryAfter(
        encounter({ status: 'finished', diagnosis: [{ condition: { reference: 'urn:uuid:c' } }] }),
      ).problems,
    ),
  ).toEqual([])
})

test('a diagnosis that an encounter names in words is shown', () => {
  const inWords = encounter({ diagnosis: [{ condition: { display: 'Sepsis' }, rank: 1 }] })
  expect(texts(summaryAfter(inWords).problems).toSorted()).toEqual([
    'Pneumonia',
    'Sepsis (visit diagnosis)',
  ])
})

const stay = (at: string, ...segments: string[]) => adt('A01', at, ...segments)
const earlier = 'DG1|1||S72^Hip fracture^I10||20240101|A'

test('of two stays with one number only the diagnoses of the open one are shown, with its link', () => {
  const told = [
    stay('20240101100000', earlier),
    adt('A08', '20240102100000', earlier),
    adt('A03', '20240105100000'),
    stay('20260901100000', dg1),
  ]
  const { problems } = summaryAfter(...told)
  const stays = [...storedAfter(...told).entries.values()]
  const open = stays.find(({ data }) => data.kind === 'encounter' && data.status === 'open')
  expect(problems.lines).toMatchObject([
    { text: 'Infarction (visit diagnosis)', encounter: open?.id },
  ])
  expect(open?._id).toMatch(/ @2026-09-01$/)
})

test('a diagnosis told with an admission that its sender timed some minutes later is of that stay', () => {
  const admitted = `PV1|1|I|W1^1^1||||||||||||||||V1${'|'.repeat(25)}20260901103000`
  const told = [
    stay('20240101100000', earlier),
    adt('A03', '20240105100000'),
    adt('A01', '20260901100000', admitted, dg1),
  ]
  expect(texts(summaryAfter(...told).problems)).toEqual(['Infarction (visit diagnosis)'])
})

test('the same diagnosis in both stays is shown while the later goes on', () => {
  const told = [stay('20240101100000', dg1), adt('A03', '20240105100000')]
  expect(texts(summaryAfter(...told).problems)).toEqual([])
  expect(texts(summaryAfter(...told, stay('20260901100000', dg1)).problems)).toEqual([
    'Infarction (visit diagnosis)',
  ])
})

test('a diagnosis without a number is deleted by its code and type alone (DG1-21 D)', () => {
  const deletion = `DG1|1||I21^^I10|||F${'|'.repeat(15)}D`
  const told = [adt('A01', '20260901100000', dg1), adt('A08', '20260902100000', deletion)]
  expect(texts(summaryAfter(...told).problems)).toEqual([])
  const otherType = deletion.replace('|F|', '|A|')
  expect(
    texts(summaryAfter(told[0] as string, adt('A08', '20260902100000', otherType)).problems),
  ).toEqual(['Infarction (visit diagnosis)'])
})

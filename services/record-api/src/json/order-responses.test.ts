import { expect, test } from 'vitest'
import { answersAfter, eventsOf, hl7, receivedAs, recordAfter } from './said-later.fixture.ts'
import type { StatementJson } from './statement.ts'

const pid = 'PID|1||1002003^^^X99^MR||ONEILL^SIOBHAN||20190412|F'
const order = hl7(
  'ORM^O01',
  '20260701090000',
  'O1',
  pid,
  'ORC|NW|P1^OCS|||||||20260701090000|||C1^CONSULTANT^ALEX',
  'OBR|1|P1^OCS||UE^Urea and electrolytes|||||||||Vomiting since Monday||||||||||||||||||AKI^Kidney injury',
  'NTE|1||Fasting? : Yes',
)
const answer = (msh7: string, msa: string, ...segments: string[]) =>
  hl7('ORR^O02', msh7, `R${msh7}`, msa, pid, ...segments)

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, at) =>
        permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]),
      )

/** The requests after these messages, the same in every order of arrival. */
const requestsAfter = (...messages: string[]): StatementJson[] => {
  const answers = recordAfter(...messages)
  for (const arrival of permutations(messages))
    expect(
      answersAfter(arrival.flatMap((message, nth) => eventsOf(message, receivedAs(nth)))).map(
        ({ id, ...one }) => [id, (one as StatementJson).status, (one as StatementJson).said],
      ),
    ).toEqual(
      answers.map(({ id, ...one }) => [
        id,
        (one as StatementJson).status,
        (one as StatementJson).said,
      ]),
    )
  return answers.filter(({ kind }) => kind === 'request') as StatementJson[]
}

test.each([
  ['ORC|OK|P1^OCS|F1', 'active'],
  ['ORC|RR|P1^OCS|F1', 'active'],
  ['ORC|SC|P1^OCS|F1||SC', 'scheduled'],
  ['ORC|SC|P1^OCS|F1||CM', 'completed'],
  ['ORC|SC|P1^OCS|F1||Booked', 'unknown'],
  ['ORC|UA|P1^OCS', 'rejected'],
  ['ORC|OC|P1^OCS|F1', 'cancelled'],
  ['ORC|OD|P1^OCS|F1', 'stopped'],
  ['ORC|OH|P1^OCS|F1', 'on-hold'],
  ['ORC|NW|P1^OCS', 'active'],
  ['ORC|ZZ|P1^OCS', 'unknown'],
])('an order answered with %s is %s, and says what it said', (orc, status) => {
  const [request, ...others] = requestsAfter(order, answer('20260701090500', 'MSA|AA|O1', orc))
  expect(others).toEqual([])
  expect(request).toMatchObject({
    status,
    said: {
      service: { text: 'Urea and electrolytes' },
      clinicalInformation: 'Vomiting since Monday',
      reasons: [{ code: 'AKI' }],
      requesters: [{ identifier: 'C1' }],
      notes: ['Fasting? : Yes'],
      noteDetails: [{ question: 'Fasting?', answer: 'Yes' }],
      response: 'AA',
    },
  })
})

test('the filler’s number and the reason come with the response', () => {
  const [request] = requestsAfter(
    order,
    answer('20260701090500', 'MSA|AE|O1|Sample haemolysed', 'ORC|UA|P1^OCS|F1'),
  )
  expect(request).toMatchObject({
    status: 'rejected',
    said: { fillerNumber: 'F1', responseText: 'Sample haemolysed', service: { code: 'UE' } },
  })
})

test('an order that a response refuses by repeating it is rejected', () => {
  const [request] = requestsAfter(
    order,
    answer('20260701090500', 'MSA|AR|O1|Unknown test', 'ORC|NW|P1^OCS', 'OBR|1|P1^OCS||UE'),
  )
  expect(request).toMatchObject({ status: 'rejected', said: { responseText: 'Unknown test' } })
})

test('a cancellation that is refused leaves the order as it was', () => {
  const cancel = hl7('ORM^O01', '20260701091000', 'O2', pid, 'ORC|CA|P1^OCS')
  const refused = (msa: string, orc: string) =>
    requestsAfter(order, cancel, answer('20260701091100', msa, orc))[0]?.status
  expect(requestsAfter(order, cancel)[0]?.status).toBe('cancelled')
  expect(refused('MSA|AA|O2', 'ORC|UC|P1^OCS')).toBe('active')
  expect(refused('MSA|AE|O2', 'ORC|CA|P1^OCS')).toBe('active')
  expect(refused('MSA|AA|O2', 'ORC|CR|P1^OCS')).toBe('cancelled')
  expect(refused('MSA|AA|O2', 'ORC|CA|P1^OCS')).toBe('cancelled')
})

test('whatever came first, what was said later counts', () => {
  const accepted = answer('20260701090500', 'MSA|AA|O1', 'ORC|OK|P1^OCS|F1||IP')
  const stopped = hl7('ORM^O01', '20260701100000', 'O3', pid, 'ORC|OD|P1^OCS|F1')
  expect(requestsAfter(order, accepted, stopped)[0]?.status).toBe('stopped')
  const late = answer('20260701110000', 'MSA|AA|O1', 'ORC|NW|P1^OCS')
  expect(requestsAfter(order, accepted, stopped, late)[0]?.status).toBe('stopped')
})

test('laboratory, imaging and clinical responses move their orders alike', () => {
  for (const type of ['ORL^O22', 'ORI^O24', 'ORG^O20'])
    expect(
      requestsAfter(
        order,
        hl7(type, '20260701090500', 'R1', 'MSA|AA|O1', pid, 'ORC|UA|P1^OCS', 'OBR|1|P1^OCS||UE'),
      ).map(({ status }) => status),
    ).toEqual(['rejected'])
})

test('ORM: a result status X cancels, and a code in no table is unknown, never completed', () => {
  const status = (orc: string, result: string) =>
    requestsAfter(
      order,
      hl7(
        'ORM^O01',
        '20260701093000',
        'O4',
        pid,
        orc,
        `OBR|1|P1^OCS||UE|||||||||||||||||||||${result}`,
      ),
    )[0]?.status
  expect(status('ORC|SC|P1^OCS', 'X')).toBe('cancelled')
  expect(status('ORC|SC|P1^OCS', 'F')).toBe('completed')
  expect(status('ORC|SC|P1^OCS', 'A')).toBe('in-progress')
  expect(status('ORC|SC|P1^OCS', '')).toBe('active')
  expect(status('ORC|SC|P1^OCS', 'FINAL')).toBe('unknown')
  expect(status('ORC|SC|P1^OCS|||COMPLETE', '')).toBe('unknown')
  expect(status('ORC|ZZ|P1^OCS', '')).toBe('unknown')
})

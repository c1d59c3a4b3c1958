import type { PatientHead } from '@tideway/schemas/documents/head'
import type { EventBody } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { details, event, patient } from '../entries/histories.fixture.ts'
import {
  detailsBySender,
  effectiveDemographics,
  effectiveFields,
} from './effective-demographics.ts'
import { evolveHead, newHead } from './head.ts'

/** Each statement is sent a minute after the one before it. */
const given = (...statements: [source: string, body: EventBody][]): PatientHead =>
  statements
    .map(([source, body], minute) => event(body, minute, { source }))
    .reduce(evolveHead, newHead(patient))

test('the owner of the identifier ranks before a newer statement of another sender', () => {
  const head = given(
    ['RJZ', details({ sex: 'MALE' })],
    ['LAB', details({ sex: 'FEMALE', birthDate: '2015-03-04' })],
  )
  expect(effectiveDemographics(head).fields).toEqual({ sex: 'MALE', birthDate: '2015-03-04' })
})

test('a field the owner emptied stays empty', () => {
  const head = given(['LAB', details({ sex: 'FEMALE' })], ['RJZ', details({ deleted: ['sex'] })])
  expect(effectiveFields(head)('sex')).toBeNull()
  expect(effectiveDemographics(head).fields).toEqual({ sex: null })
})

test('of other senders the newest statement of the field counts, not the sender heard last', () => {
  const head = given(
    ['LAB', details({ sex: 'FEMALE' })],
    ['GP', details({ sex: 'MALE' })],
    ['LAB', details({ birthDate: '2015-03-04' })],
  )
  expect(effectiveFields(head)('sex')).toBe('MALE')
  expect(effectiveDemographics(head).fields).toEqual({ sex: 'MALE', birthDate: '2015-03-04' })
})

test('one field and all fields are decided by the same rule', () => {
  const head = given(
    ['LAB', details({ sex: 'FEMALE', nhsNumber: '9434765919' })],
    ['RJZ', details({ birthDate: '2015-03-04' })],
    ['GP', details({ nhsNumber: '9434765870' })],
  )
  const { fields } = effectiveDemographics(head)
  for (const field of ['sex', 'nhsNumber', 'birthDate', 'diedAt'] as const)
    expect(effectiveFields(head)(field)).toBe(fields[field] ?? null)
  expect(head.nhsNumber).toBe(fields.nhsNumber)
})

test('senders come with their newest message, the owner first', () => {
  const head = given(
    ['RJZ', details({ sex: 'MALE' })],
    ['LAB', details({ sex: 'FEMALE' })],
    ['LAB', details({ birthDate: '2015-03-04' })],
  )
  expect(
    detailsBySender(head).map(({ sender, message, fields }) => [sender, message, fields]),
  ).toEqual([
    ['RJZ', 'm0', { sex: 'MALE' }],
    ['LAB', 'm2', { sex: 'FEMALE', birthDate: '2015-03-04' }],
  ])
})

test('a patient nobody described has no demographics', () => {
  expect(effectiveDemographics(newHead(patient))).toEqual({ version: '', fields: {} })
})

test('a code as sent is that of the word that counts, never of another sender', () => {
  const laboratory = details({ sex: 'FEMALE', sexAsSent: 'F' })
  expect(
    effectiveDemographics(given(['RJZ', details({ sex: 'MALE' })], ['LAB', laboratory])).fields,
  ).toEqual({ sex: 'MALE' })
  expect(
    effectiveDemographics(
      given(['RJZ', details({ sex: 'MALE', sexAsSent: '1' })], ['LAB', laboratory]),
    ).fields,
  ).toEqual({ sex: 'MALE', sexAsSent: '1' })
})

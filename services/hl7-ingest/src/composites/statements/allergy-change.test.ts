import { readFileSync } from 'node:fs'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { type Hl7Message, parse } from '@tideway/hl7v2/lexer/message'
import { readAllergyChanges } from './allergy-changes.ts'

const source = JSON.parse(
  readFileSync(new URL('../../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
const read = (...segments: string[]) =>
  readAllergyChanges(parse(['MSH|^~\\&', ...segments].join('\r'), 'utf-8') as Hl7Message, 'X99|1', {
    source,
    messageId: 'm1',
    production: false,
    fixes: [],
    times: new Map(),
  }).map(({ body }) => body)

test('who recorded, updated and inactivated it, and the code a clinician chose', () => {
  const iam = `IAM|1|DA|P^Penicillin||RASH|A|7${'|'.repeat(14)}C1^A|2021|C2^B|2022|C3^C|2023|N1^Nuts^SCT|ONE|TWO|THREE`
  expect(read(iam)).toMatchObject([
    {
      inactivatedBy: { identifier: 'C1' },
      inactivatedAt: '2021',
      initialRecorder: { identifier: 'C2' },
      initiallyRecordedAt: '2022',
      modifiedBy: { identifier: 'C3' },
      modifiedAt: '2023',
      clinicianCode: { code: 'N1', text: 'Nuts' },
      initialOrganisation: { name: 'ONE' },
      modifyingOrganisation: { name: 'TWO' },
      inactivatingOrganisation: { name: 'THREE' },
    },
  ])
})

test('reactions and notes after an allergy belong to it, each note with its author', () => {
  const [first, second] = read(
    'IAM|1|DA|P||RASH|A|7',
    'NTE|1||seen||C2',
    'IAR|HIVES|MI^Mild|AL|NONE',
    'IAM|2|DA|Q|||A|8',
    'PV1|1|I',
    'IAR|X',
  )
  expect(first).toMatchObject({
    reactions: [
      { manifestations: [{ code: 'RASH' }] },
      {
        manifestations: [{ code: 'HIVES' }],
        severity: 'MI',
        severityText: 'Mild',
        sensitivity: { code: 'AL' },
        management: 'NONE',
      },
    ],
    notes: ['seen'],
    noteDetails: [{ text: 'seen', enteredBy: { identifier: 'C2' } }],
  })
  expect(second).toMatchObject({ reactions: [], notes: [] })
})

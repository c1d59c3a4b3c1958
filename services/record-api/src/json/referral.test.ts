import { expect, test } from 'vitest'
import { hl7, recordAfter } from './said-later.fixture.ts'

const pid = 'PID|1||2001^^^X99^MR||TESTCASE^ADA||19700101|F'
const providers = [
  'PRD|RP^Referring provider|PATEL^ASHA^^^DR|||||1100011^GMC|||KINGS',
  'PRD|RT^Referred to provider|HALE^RUTH|||||2200022^GMC|||EVELINA',
]
const rf1 = (status: string) =>
  `RF1|${status}|S^STAT|NEPH^Nephrology||O^Outpatient|R1^X99|||20260901|N17.9^Acute renal failure^I10`

const referred = hl7('REF^I12^REF_I12', '20260901080000', 'R1', rf1('P'), ...providers, pid)
const cancelled = hl7('REF^I14^REF_I12', '20260902080000', 'R2', rf1('P'), pid)
const refused = hl7('RRI^I14^RRI_I12', '20260902090000', 'R3', 'MSA|AE|R2', rf1('A'), pid)
const accepted = hl7('RRI^I12^RRI_I12', '20260901090000', 'R4', 'MSA|AA|R1', rf1('A'), pid)
const asked = hl7('REF^I15^REF_I12', '20260903080000', 'R5', 'RF1||||||R1^X99', pid)

const referralAfter = (...messages: string[]) =>
  recordAfter(...messages).find(({ kind }) => kind === 'request') as unknown as {
    status: string
    said: Record<string, unknown>
    earlier: unknown[]
  }

test('a referral has its status, reason, priority, and from whom to whom', () => {
  expect(referralAfter(referred)).toMatchObject({
    status: 'active',
    said: {
      category: 'REFERRAL',
      trigger: 'REFERRED',
      priority: 'S',
      settingName: 'Outpatient',
      reasons: [{ code: 'N17.9' }],
      requesters: [{ family: 'PATEL' }],
      organisation: { name: 'KINGS' },
      performer: { name: 'EVELINA' },
      participants: [{ role: { code: 'RP' } }, { role: { code: 'RT' } }],
    },
  })
})

test.each([
  ['cancelled', [referred, cancelled]],
  ['cancelled', [cancelled, referred]],
  ['cancelled', [referred, cancelled, asked]],
  ['active', [referred, cancelled, refused]],
  ['active', [refused, referred, cancelled]],
  ['active', [referred, accepted]],
  ['cancelled', [referred, accepted, cancelled]],
])('whatever the order of arrival, it is %s', (status, messages) => {
  expect(referralAfter(...messages)).toMatchObject({ status })
})

test('what is shown of a referral stays, whatever is asked or answered about it', () => {
  for (const messages of [
    [referred, asked],
    [referred, accepted],
    [referred, cancelled, refused],
  ])
    expect(referralAfter(...messages).said).toMatchObject({
      reasons: [{ code: 'N17.9' }],
      requesters: [{ family: 'PATEL' }],
    })
})

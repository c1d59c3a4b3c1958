import { topics } from '@tideway/schemas/topics'
import { expect, test } from 'vitest'
import { differencesOf, differenceText, type FoundTopic } from './topic-durability.ts'

const config = {
  'min.insync.replicas': '2',
  'unclean.leader.election.enable': 'false',
  'retention.ms': '-1',
  'retention.bytes': '-1',
  'cleanup.policy': 'delete',
  'max.message.bytes': '4194304',
}
const found = (changed: Record<string, string> = {}, replicas = 3): FoundTopic => ({
  replicas,
  config: { ...config, ...changed },
})
const textsOf = (...of: Parameters<typeof differencesOf>) =>
  differencesOf(...of).map(differenceText)

test('a topic that keeps what was acknowledged has no difference', () => {
  expect(differencesOf(topics.patientEvents, found())).toEqual([])
  expect(differencesOf(topics.patientEvents, found({ 'min.insync.replicas': '3' }, 5))).toEqual([])
})

test.each([
  ['min.insync.replicas', '1', '2 or more'],
  ['unclean.leader.election.enable', 'true', 'false'],
  ['retention.ms', '604800000', '-1, without limit'],
  ['retention.bytes', '1073741824', '-1, without limit'],
  ['cleanup.policy', 'compact', 'delete'],
  ['cleanup.policy', 'compact,delete', 'delete'],
  ['max.message.bytes', '1048588', '4194304 or more'],
])('%s of %s is named, and can be mended', (setting, is, mustBe) => {
  const [difference, ...others] = differencesOf(topics.patientEvents, found({ [setting]: is }))
  expect(others).toEqual([])
  expect(difference).toMatchObject({ topic: 'patient-events.v1', setting, is, mustBe })
  expect(difference?.repair).not.toBeNull()
})

test('what configuration cannot mend is said to be so', () => {
  const one = found({ 'min.insync.replicas': '1' }, 1)
  expect(differencesOf(topics.patientEvents, one)).toMatchObject([
    { setting: 'replication factor', is: '1', mustBe: '3 or more', repair: null },
    { setting: 'min.insync.replicas', is: '1', repair: null },
  ])
})

test('each topic has its own retention, time stamps and cleanup policy', () => {
  const raw = { 'message.timestamp.type': 'LogAppendTime', 'retention.ms': '1209600000' }
  expect(differencesOf(topics.rawMessages, found(raw))).toEqual([])
  expect(differencesOf(topics.rawMessages, found({ ...raw, 'retention.ms': '-1' }))).toEqual([])
  expect(
    textsOf(topics.rawMessages, found({ ...raw, 'message.timestamp.type': 'CreateTime' })),
  ).toEqual(['raw-messages.v1: message.timestamp.type is CreateTime, must be LogAppendTime'])
  expect(textsOf(topics.fhirResources, found())).toEqual([
    'fhir-resources.v1: cleanup.policy is delete, must be compact',
    'fhir-resources.v1: max.compaction.lag.ms is not said, must be 1209600000',
  ])
})

import { expect, test } from 'vitest'
import { missingNeeds, type Need, needs } from './needs.mjs'

const has =
  (...names: (keyof typeof needs)[]) =>
  (need: Need) =>
    names.some((name) => needs[name] === need)
const nothingServes = () => false

test('everything missing is named at once, with both commands', () => {
  const report = missingNeeds({}, true, has('node'), nothingServes)
  for (const need of [needs.java, needs.maven, needs.python, needs.docker]) {
    expect(report).toContain(need.name)
    expect(report).toContain(need.debian)
    expect(report).toContain(need.macos)
  }
  expect(report).not.toContain(needs.node.name)
})

test('an old Node is named with the other needs', () => {
  expect(missingNeeds({}, true, has('java', 'maven'), nothingServes)).toMatch(
    /Node 20.*Python 3\.10/s,
  )
})

test('a Docker engine that answers is enough', () => {
  expect(missingNeeds({}, true, has('node', 'docker'), nothingServes)).toBeNull()
})

test('Java, Maven and Python are enough without Docker', () => {
  expect(missingNeeds({}, true, has('node', 'java', 'maven', 'python'), nothingServes)).toBeNull()
})

test('a part whose address is in the environment needs nothing', () => {
  const env = {
    KAFKA_BROKERS: 'k:9092',
    SCHEMA_REGISTRY_URL: 'http://r',
    MONGODB_URL: 'mongodb://m',
    S3_ENDPOINT: 'http://s',
  }
  expect(missingNeeds(env, true, has('node'), nothingServes)).toBeNull()
  expect(missingNeeds({ ...env, MONGODB_URL: '' }, true, has('node'), nothingServes)).toContain(
    needs.python.name,
  )
  expect(missingNeeds({ ...env, MONGODB_URL: '' }, true, has('node'), nothingServes)).not.toContain(
    needs.java.name,
  )
})

test('a document store on PATH makes Python unnecessary', () => {
  expect(
    missingNeeds({}, true, has('node', 'java', 'maven'), (program) => program === 'mongod'),
  ).toBeNull()
})

test('checks and resets need Node only', () => {
  expect(missingNeeds({}, false, has('node'), nothingServes)).toBeNull()
})

test('a choice of Docker that does not answer is reported', () => {
  const report = missingNeeds(
    { TIDEWAY_STACK: 'docker' },
    true,
    has('node', 'java', 'maven', 'python'),
    nothingServes,
  )
  expect(report).toContain(needs.docker.name)
  expect(report).not.toContain(needs.java.name)
})

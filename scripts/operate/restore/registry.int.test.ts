import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectRegistry } from '@tideway/kafka/registry'
import { copyRegistry, RegistryMismatch, restoreRegistry } from '@tideway/kafka/registry-copy'
import { type TopicName, topics } from '@tideway/schemas/topics'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { homeOf, makeHome } from '../../stack/home.ts'
import { registryPart } from '../../stack/parts/registry.ts'
import { openSupervisor } from '../../stack/processes/supervise.ts'
import type { StackPorts } from '../../stack/ports.ts'
import { freePorts } from '../../stack/test-ports.ts'

const root = mkdtempSync(join(tmpdir(), 'tideway-registry-'))
const downloads = process.env['TIDEWAY_DOWNLOADS'] || homeOf(process.env).downloads
const home = homeOf({ TIDEWAY_HOME: root, TIDEWAY_DOWNLOADS: downloads })
const supervisor = openSupervisor(home, () => undefined)
const source = process.env['SCHEMA_REGISTRY_URL'] ?? ''
let empty = ''

beforeAll(async () => {
  makeHome(home)
  const [registry] = await freePorts(1)
  const { signal } = new AbortController()
  const ports = { registry } as StackPorts
  const part = await registryPart({ home, ports, env: process.env, signal })
  await supervisor.start(part.program)
  empty = part.address
  await connectRegistry(source).register(Object.keys(topics) as TopicName[])
})
afterAll(async () => {
  await supervisor.endAll([['registry']])
  rmSync(root, { recursive: true, force: true })
})

test('an empty registry gets every schema under the id that the log has for it', async () => {
  const copy = await copyRegistry(source)
  expect(copy.length).toBeGreaterThanOrEqual(Object.keys(topics).length)
  const missing = copy[1]
  const withGap = copy.filter((one) => one.id !== missing?.id)
  expect(await restoreRegistry(empty, withGap)).toBe(withGap.length)
  const restored = (await copyRegistry(empty)).filter(({ subject }) => subject !== 'restore-fill')
  expect(restored.map(({ id, subject }) => `${id} ${subject}`)).toEqual(
    withGap.map(({ id, subject }) => `${id} ${subject}`),
  )
  expect(await restoreRegistry(empty, withGap)).toBe(0)
})

test('ids that are taken are not passed over', async () => {
  const copy = await copyRegistry(source)
  const [first] = copy
  if (first === undefined) throw new Error('nothing registered')
  const other = { ...first, schema: JSON.stringify({ type: 'fixed', size: 2, name: 'other' }) }
  await expect(restoreRegistry(empty, [{ ...other, subject: 'other' }])).rejects.toThrow(
    RegistryMismatch,
  )
})

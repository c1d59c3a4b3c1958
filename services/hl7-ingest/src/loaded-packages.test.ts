import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packagesLoadedBy } from './loaded-packages.fixture.ts'

const unwanted = ['@fastify/swagger-ui', '@fastify/swagger', 'fastify', 'jose', 'mongodb']
/** Packages that only the edges of the service need. */
const ofEdges = [...unwanted, 'kafkajs', '@aws-sdk/client-s3', 'pino', 'prom-client']

test('the service loads neither the web server, nor token checks, nor MongoDB', async () => {
  const loaded = await packagesLoadedBy('services/hl7-ingest/src/main.ts')
  expect(loaded).toContain('kafkajs')
  expect(unwanted.filter((name) => loaded.has(name))).toEqual([])
})

test('a mapping loads none of them', async () => {
  const mappings = readdirSync(new URL('./mappings/', import.meta.url))
  for (const mapping of ['oru-r01.ts', 'mdm-t01.ts', 'siu-s12.ts', 'vxu-v04.ts']) {
    expect(mappings).toContain(mapping)
    const loaded = await packagesLoadedBy(`services/hl7-ingest/src/mappings/${mapping}`)
    expect([mapping, ...ofEdges.filter((name) => loaded.has(name))]).toEqual([mapping])
  }
})

test('a loaded package is found', async () => {
  expect(await packagesLoadedBy('packages/http/src/bearer-token.ts')).toContain('jose')
})

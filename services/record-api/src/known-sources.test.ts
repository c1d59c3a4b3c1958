import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { appliedFile } from '@tideway/schemas/source'
import { expect, onTestFinished, test } from 'vitest'
import { followKnownSources } from './known-sources.ts'

const planned = [{ from: '2026-07-01T00:00:00+01:00', until: '2026-07-02T00:00:00+01:00' }]

test('names and planned silences are those of the files, then of the set that is applied', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sources-'))
  writeFileSync(join(dir, 'rjz.json'), JSON.stringify({ ods: 'RJZ', name: 'One' }))
  const metrics = createMetrics()
  const known = await followKnownSources(dir, metrics, createLog('test', 'fatal'))
  onTestFinished(() => {
    known.close()
    rmSync(dir, { recursive: true })
  })
  expect([[...known.names], [...known.plannedSilence]]).toEqual([[['RJZ', 'One']], [['RJZ', []]]])

  const sources = [
    { ods: 'RJZ', name: 'Two', plannedSilence: planned },
    { ods: 'RJ1', name: 'Three' },
  ]
  writeFileSync(join(dir, 'new'), JSON.stringify({ version: 4, sources }))
  renameSync(join(dir, 'new'), join(dir, appliedFile))
  await expect
    .poll(metrics.text, { timeout: 10_000 })
    .toContain('tideway_sources_version{worker="0"} 4')
  expect([...known.names]).toEqual([
    ['RJZ', 'Two'],
    ['RJ1', 'Three'],
  ])
  expect(known.plannedSilence.get('RJZ')).toEqual(planned)

  writeFileSync(join(dir, appliedFile), '{ half')
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  expect(known.names.get('RJZ')).toBe('Two')
})

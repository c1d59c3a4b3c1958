import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkout } from '../../checks/tool.ts'
import { updateSamples } from './update-samples.ts'

/** Samples to change, read by the code of this checkout. */
const copy = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'tideway-update-test-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const service of ['hl7-ingest', 'fhir-ingest']) {
    const folder = `services/${service}`
    cpSync(join(checkout, folder, 'samples'), join(root, folder, 'samples'), { recursive: true })
    symlinkSync(join(checkout, folder, 'src'), join(root, folder, 'src'))
  }
  return root
}

test('expected outputs that differ are rewritten and shown, HL7 and FHIR; others stay', async () => {
  const root = copy()
  const said: string[] = []
  await updateSamples(root, (text) => said.push(text))
  expect(said).toEqual(['every expected output is up to date'])

  const hl7 = 'services/hl7-ingest/samples/x99/adt-a01.expected.json'
  const fhir = 'services/fhir-ingest/samples/xp1/prescription-message.expected.json'
  for (const file of [hl7, fhir]) {
    const text = readFileSync(join(checkout, file), 'utf8')
    writeFileSync(join(root, file), text.replace('"events": [', '"events": [ {"old": true},'))
  }
  said.length = 0
  await updateSamples(root, (text) => said.push(text))
  expect(said[0]).toContain(hl7)
  expect(said[0]).toMatch(/^-\s+"old": true/m)
  expect(said[1]).toContain(fhir)
  expect(said.at(-1)).toContain('2 expected outputs rewritten')
  expect(readFileSync(join(root, hl7), 'utf8')).not.toContain('"old"')
})

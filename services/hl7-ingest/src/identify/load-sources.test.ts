import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSources } from './load-sources.ts'

const shipped = new URL('../../../../schemas/sources', import.meta.url).pathname
let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sources-'))
  cpSync(shipped, dir, { recursive: true })
})
afterEach(() => rmSync(dir, { recursive: true }))

type Editable = { ods: string; hl7: Record<string, unknown> & { match: Record<string, unknown> } }
const edit = (file: string, change: (source: Editable) => void, as = file) => {
  const source = JSON.parse(readFileSync(join(shipped, file), 'utf8')) as Editable
  change(source)
  writeFileSync(join(dir, as), JSON.stringify(source))
}
const messageOf = () => {
  try {
    loadSources(dir, new Set())
    return 'no problem'
  } catch (error) {
    return (error as Error).message
  }
}

test('the bundled sources are valid', () => {
  expect(loadSources(shipped, new Set()).map(({ ods }) => ods)).toEqual(
    expect.arrayContaining(['RJZ', 'RJ1', 'RJ2']),
  )
})

test('every problem of every file is reported at once, with file and path', () => {
  edit('rjz.json', (source) => {
    source.hl7.timeZone = 'Europe/Camberwell'
    source.hl7.fixes = ['no-such-fix']
  })
  edit('rj1.json', (source) => {
    source.hl7.characterSet = 'ebcdic'
    source.hl7.surprise = true
    source.hl7.reports = 'sometimes'
  })
  edit('rj2.json', () => undefined, 'elsewhere.json')
  writeFileSync(join(dir, 'broken.json'), '{')
  const message = messageOf()
  expect(message).toContain('rjz.json /hl7/timeZone')
  expect(message).toContain('rjz.json /hl7/fixes/0')
  expect(message).toContain('rj1.json /hl7/characterSet')
  expect(message).toContain('rj1.json /hl7/reports')
  expect(message).toContain('rj1.json /hl7 must NOT have additional properties (surprise)')
  expect(message).toContain('elsewhere.json /ods is RJ2')
  expect(message).toContain('broken.json / is not JSON')
})

test('a source may say that its reports are snapshots', () => {
  edit('rj1.json', (source) => {
    source.hl7.reports = 'snapshot'
  })
  expect(messageOf()).toBe('no problem')
})

test.each([
  [
    'an unknown field',
    { Potassium: { K: { system: 'http://loinc.org', code: '2823-3', display: 'Potassium' } } },
    'rjz.json /hl7/translations',
  ],
  [
    'a system that is not a URI',
    { 'OBX-3': { K: { system: 'LN', code: '2823-3', display: 'Potassium' } } },
    'rjz.json /hl7/translations/OBX-3/K/system',
  ],
  [
    'a missing code',
    { 'OBX-3': { K: { system: 'http://loinc.org', display: 'Potassium' } } },
    'rjz.json /hl7/translations/OBX-3/K',
  ],
  [
    'an additional property',
    {
      'OBX-3': {
        K: { system: 'http://loinc.org', code: '2823-3', display: 'Potassium', unit: 'mmol/L' },
      },
    },
    'rjz.json /hl7/translations/OBX-3/K',
  ],
])('translations with %s are a problem with file and path', (_, translations, problem) => {
  edit('rjz.json', ({ hl7 }) => Object.assign(hl7, { translations }))
  expect(messageOf()).toContain(problem)
})

test('two sources that could match the same message equally are rejected', () => {
  edit('rj2.json', (source) => {
    source.hl7.match.sendingFacilities = ['KCH']
  })
  expect(messageOf()).toContain('rj2.json /hl7/match could match the same message as rjz.json')
})

test('a source with more conditions than another does not conflict with it', () => {
  edit('rj2.json', (source) => {
    source.hl7.match.sendingFacilities = ['KCH']
    source.hl7.match.ports = [2600]
  })
  expect(messageOf()).toBe('no problem')
})

test('a source that matches anything is rejected', () => {
  edit('rj2.json', (source) => {
    source.hl7.match.sendingFacilities = []
  })
  expect(messageOf()).toContain('rj2.json /hl7/match')
})

test('an empty folder is a problem', () => {
  for (const file of readdirSync(dir)) if (file !== 'source.schema.json') rmSync(join(dir, file))
  expect(messageOf()).toContain('there is no source file')
})

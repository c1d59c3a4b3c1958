import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { beforeAll, expect, test } from 'vitest'
import { loadTls } from './load-tls.ts'

const dir = mkdtempSync(join(tmpdir(), 'tls-'))
const good = { cert: '', key: '', ca: '' }
let otherKey = ''
beforeAll(async () => {
  const [own, authority] = await Promise.all([
    generate(undefined, { keySize: 2048 }),
    generate(undefined, { keySize: 2048 }),
  ])
  Object.assign(good, {
    cert: own.cert,
    key: own.private,
    ca: `# the trust's authorities\n${authority.cert}\n${own.cert}`,
  })
  otherKey = authority.private
})

const load = (files: typeof good) => {
  const path = (name: keyof typeof good) => {
    const file = join(dir, name)
    writeFileSync(file, files[name])
    return file
  }
  return loadTls({
    mllpTlsCertFile: path('cert'),
    mllpTlsKeyFile: path('key'),
    mllpTlsCaFile: path('ca'),
  })
}

test('matching certificate, key and authorities are loaded unchanged', () =>
  expect(load(good)).toEqual(good))

test.each<[string, () => Partial<typeof good>]>([
  ['an empty certificate', () => ({ cert: '' })],
  ['an empty key', () => ({ key: '' })],
  ['the key of another certificate', () => ({ key: otherKey })],
  ['no authority at all, which would trust any public one', () => ({ ca: '' })],
  ['authorities that are not certificates', () => ({ ca: 'hello' })],
  ['authorities of which the last is cut off', () => ({ ca: good.ca.slice(0, -200) })],
])('%s is refused', (_, part) =>
  expect(() => load({ ...good, ...part() })).toThrow('PEM files that belong together'),
)

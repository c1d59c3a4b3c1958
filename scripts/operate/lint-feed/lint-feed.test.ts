import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixture } from '../../checks/fixture.ts'
import { checkout, runTool } from '../../checks/tool.ts'
import { waitForArchive } from './read-feed.ts'

const message =
  'MSH|^~\\&|PAS|X99|T|S|20260701091500||ADT^A28|ID1|P|2.4\rPID|1||1002003^^^X99^MR||A^B||19800101|F\r'
const lintFeed = (...args: string[]) =>
  runTool('node', [join(checkout, 'scripts/lint-feed.ts'), ...args], checkout)

test('a draft needs no --source, and its folder is made', async () => {
  const folder = fixture({ 'feed/1.hl7': message })
  const printed = await lintFeed('--draft', join(folder, 'feed'))
  expect(printed.code).toBe(0)
  expect(printed.output).toContain('"ods": "X99"')

  const out = join(folder, 'drafts/new')
  expect((await lintFeed('--draft', '--out', out, join(folder, 'feed'))).code).toBe(0)
  expect(JSON.parse(readFileSync(join(out, 'x99.json'), 'utf8'))).toMatchObject({ ods: 'X99' })

  const again = await lintFeed('--draft', '--out', out, join(folder, 'feed'))
  expect([again.code, again.output]).toEqual([2, expect.stringContaining('is not overwritten')])
})

test('what cannot be read is refused before anything is written', async () => {
  const folder = fixture({ 'feed/1.hl7': message.replace('|X99|', '|Some Hospital|') })
  const out = join(folder, 'drafts')
  const refused = await lintFeed('--draft', '--out', out, join(folder, 'feed'))
  expect([refused.code, refused.output]).toEqual([2, expect.stringContaining('give --source')])
  expect(existsSync(out)).toBe(false)
  expect((await lintFeed('--source', 'X99')).code).toBe(2)
})

test('messages that are in the ledger and not yet in the archive are waited for', async () => {
  let asked = 0
  const mongo = {
    messages: {
      find: () => ({
        sort: () => ({
          limit: () => ({ toArray: async () => [{ partition: 1, offset: 7, received: 1 }] }),
        }),
      }),
    },
    archiveObjects: {
      find: () => {
        asked += 1
        const found =
          asked < 3 ? [] : [{ _id: 'object', partition: 1, first: 7, last: 7, skipped: [] }]
        return { sort: () => ({ limit: () => ({ toArray: async () => found }) }) }
      },
    },
  } as unknown as Parameters<typeof waitForArchive>[0]['mongo']
  const range = { ods: 'X99', source: null, from: 0, to: Date.now() }
  expect(await waitForArchive({ mongo }, range)).toBe(true)
  expect(asked).toBeGreaterThanOrEqual(3)
  asked = Number.NEGATIVE_INFINITY
  expect(await waitForArchive({ mongo }, range, 100)).toBe(false)
})

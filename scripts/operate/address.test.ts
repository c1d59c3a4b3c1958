import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixture } from '../checks/fixture.ts'
import { checkout, runTool } from '../checks/tool.ts'

const address = (name: string, env: NodeJS.ProcessEnv) =>
  runTool('node', [join(checkout, 'scripts/address.ts'), name], checkout, env)

test('an address of the running stack is printed alone', async () => {
  const home = fixture({ 'addresses.json': '{"recordApi":"http://127.0.0.1:8123"}' })
  expect(await address('recordApi', { TIDEWAY_HOME: home })).toEqual({
    code: 0,
    output: 'http://127.0.0.1:8123\n',
  })
})

test('an address in the environment takes precedence', async () => {
  const home = fixture({ 'addresses.json': '{"recordApi":"http://127.0.0.1:8123"}' })
  const env = { TIDEWAY_HOME: home, RECORD_API_URL: 'https://record.example' }
  expect((await address('recordApi', env)).output).toBe('https://record.example\n')
})

test('without a running stack one line says so', async () => {
  const { code, output } = await address('recordApi', { TIDEWAY_HOME: fixture({}) })
  expect([code, output]).toEqual([1, expect.stringMatching(/^There is no address .*npm start\n$/)])
})

test('an unknown name is refused with the names', async () => {
  const { code, output } = await address('nothing', { TIDEWAY_HOME: fixture({}) })
  expect([code, output]).toEqual([2, expect.stringContaining('recordApi')])
})

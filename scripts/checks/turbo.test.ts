import { expect, test } from 'vitest'
import { checkout, runTool } from './tool.ts'

test('turbo has no warning about its configuration', async () => {
  const { code, output } = await runTool('turbo', ['run', 'test:unit', '--dry'], checkout)
  expect([code, output.match(/^.*warn.*$/gim)]).toEqual([0, null])
})

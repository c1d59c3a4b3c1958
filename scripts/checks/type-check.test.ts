import { expect, test } from 'vitest'
import { fixture } from './fixture.ts'
import { typeCheck } from './type-check.ts'

const tsconfig = JSON.stringify({
  compilerOptions: { noEmit: true, strict: true, types: [] },
  include: ['*.ts'],
})

test('a type error is found with its position', async () => {
  expect(
    await typeCheck(
      fixture({ 'tsconfig.json': tsconfig, 'a.ts': 'export const count: number = "one"\n' }),
    ),
  ).toEqual([expect.stringContaining('a.ts(1,14): error TS2322')])
})

test('correct types pass', async () => {
  expect(
    await typeCheck(
      fixture({ 'tsconfig.json': tsconfig, 'a.ts': 'export const count: number = 1\n' }),
    ),
  ).toEqual([])
})

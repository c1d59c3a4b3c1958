import { expect, test } from 'vitest'
import { fileSize } from './file-size.ts'
import { fixture } from './fixture.ts'

const lines = (count: number) => 'const a = 1\n'.repeat(count)

test('a file of 251 lines is one too long; what is not ours is not looked at', async () => {
  const root = fixture({
    'services/a/src/long.ts': lines(251),
    'services/a/src/fits.ts': lines(250),
    'node_modules/a/a.js': lines(900),
  })
  expect(await fileSize(root)).toEqual(['services/a/src/long.ts has 251 lines; 250 is the most'])
})

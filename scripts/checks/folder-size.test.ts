import { expect, test } from 'vitest'
import { fixture } from './fixture.ts'
import { folderSize } from './folder-size.ts'

const files = (folder: string, count: number, end = 'ts') =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${folder}/file-${index}.${end}`, '']),
  )

test('26 source files in one folder are too many, unless it is a register', async () => {
  const root = fixture({
    ...files('services/a/src', 26),
    ...files('services/b/src', 25),
    ...files('services/b/src', 25, 'test.ts'),
    ...files('services/c/src/mappings', 60),
    ...files('services/c/src/segments/deep', 26),
  })
  expect(await folderSize(root)).toEqual([
    'services/a/src has 26 source files; the most is 25',
    'services/c/src/segments/deep has 26 source files; the most is 25',
  ])
})

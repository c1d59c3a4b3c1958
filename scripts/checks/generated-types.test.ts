import { generateTypes } from '@tideway/schemas/generate-types'
import { expect, test } from 'vitest'
import { fixture } from './fixture.ts'
import { generatedTypes } from './generated-types.ts'

const path = 'schemas/src/events.generated.ts'

test('edited types are found', async () => {
  expect(
    await generatedTypes(fixture({ [path]: `${generateTypes()}export type Mine = string\n` })),
  ).toEqual([expect.stringContaining('npm run generate')])
})

test('types generated from the schemas pass', async () => {
  expect(await generatedTypes(fixture({ [path]: generateTypes() }))).toEqual([])
})

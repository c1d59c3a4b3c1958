import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateTypes } from '@tideway/schemas/generate-types'

/** schemas/src/events.generated.ts matches schemas/events. */
export const generatedTypes = async (root: string): Promise<string[]> => {
  const path = 'schemas/src/events.generated.ts'
  return readFileSync(join(root, path), 'utf8') === generateTypes()
    ? []
    : [`${path} is not what schemas/events makes: run npm run generate`]
}

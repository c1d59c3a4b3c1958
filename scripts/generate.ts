import { writeFileSync } from 'node:fs'
import { generateTypes } from '@tideway/schemas/generate-types'

writeFileSync(new URL('../schemas/src/events.generated.ts', import.meta.url), generateTypes())

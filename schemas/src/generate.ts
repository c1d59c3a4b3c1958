import { writeFileSync } from 'node:fs'
import { generateTypes } from './generate-types.ts'

writeFileSync(new URL('./events.generated.ts', import.meta.url), generateTypes())

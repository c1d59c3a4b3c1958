import { expectedOutput as outputOf } from '@tideway/shared/expected-output'
import type { Normalised } from './normalise.ts'

export const expectedOutput = ({ messageId: _, untranslated: _untranslated, ...rest }: Normalised) => outputOf(rest)

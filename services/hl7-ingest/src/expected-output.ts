import { expectedOutput as outputOf } from '@tideway/ingest/expected-output'
import type { Normalised } from './normalise/normalise.ts'

export const expectedOutput = ({
  messageId: _,
  untranslated: _untranslated,
  continuedFields: _continuedFields,
  ...rest
}: Normalised) => outputOf(rest)

import { expectedOutput as outputOf } from '@tideway/ingest/expected-output'
import type { Normalised } from './normalise/normalise.ts'

export const expectedOutput = ({
  messageId: _,
  bytesId: _bytesId,
  sent: _sent,
  ...rest
}: Normalised) => outputOf(rest)

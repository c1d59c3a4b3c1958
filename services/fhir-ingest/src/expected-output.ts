import { expectedOutput as outputOf } from '@tideway/ingest/expected-output'
import type { NormalisedFhir } from './normalise/normalised.ts'

export const expectedOutput = ({
  messageId: _,
  bytesId: _bytesId,
  sent: _sent,
  resolved: _resolved,
  stated: _stated,
  awaits: _awaits,
  ...rest
}: NormalisedFhir) => outputOf(rest)

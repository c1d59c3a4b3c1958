const start = Buffer.of(0x0b)
const end = Buffer.of(0x1c, 0x0d)

/**
 * Payloads, each in its own frame, to be concatenated.
 *
 * @see HL7 MLLP release 1: <VT> payload <FS><CR>
 */
export const enveloped = (payloads: readonly Buffer[]): Buffer[] =>
  payloads.flatMap((payload) => [start, payload, end])

const start = 0x0b
const end = Buffer.from([0x1c, 0x0d])

/** @see HL7 MLLP release 1: <VT> payload <FS><CR> */
export const framed = (payload: Buffer): Buffer => Buffer.concat([Buffer.of(start), payload, end])

/**
 * Collects chunks of a stream and returns the payloads they complete. Bytes between frames are
 * dropped.
 */
export const payloadReader = (): ((chunk: Buffer) => Buffer[]) => {
  let pending: Buffer = Buffer.alloc(0)
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    const payloads: Buffer[] = []
    for (;;) {
      const from = pending.indexOf(start)
      const to = from === -1 ? -1 : pending.indexOf(end, from)
      if (to === -1) break
      payloads.push(pending.subarray(from + 1, to))
      pending = pending.subarray(to + end.length)
    }
    return payloads
  }
}

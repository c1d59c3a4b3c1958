/** Bytes of a payload kept to identify its sender, and the initial capacity of a buffer. */
export const headBytes = 4_096

/**
 * The payload of one unfinished frame. Capacity doubles up to the limit, so that growing is linear
 * in the bytes.
 */
export const createFrameBuffer = () => {
  let bytes = Buffer.alloc(0)
  let length = 0

  const clear = (): void => {
    bytes = Buffer.alloc(0)
    length = 0
  }

  /** @param limit  of the payload, bytes */
  const append = (more: Buffer, limit: number): void => {
    const needed = length + more.length
    if (needed > bytes.length) {
      const capacity = Math.max(needed, Math.min(Math.max(headBytes, 2 * needed), limit + 1))
      const grown = Buffer.allocUnsafeSlow(capacity)
      bytes.copy(grown, 0, 0, length)
      bytes = grown
    }
    more.copy(bytes, length)
    length = needed
  }

  const head = (): Buffer => bytes.subarray(0, Math.min(length, headBytes))

  return {
    append,
    length: () => length,
    /** The first bytes; valid until the next call. */
    head,
    endsWith: (byte: number): boolean => length > 0 && bytes[length - 1] === byte,
    dropLast: (): void => {
      length -= 1
    },
    /** A copy of the first bytes of a payload that is not kept. The buffer is empty afterwards. */
    takeHead: (rest: Buffer, limit: number): Buffer => {
      if (length < headBytes) append(rest.subarray(0, headBytes), limit)
      const copy = Buffer.from(head())
      clear()
      return copy
    },
    /** The payload with its last part; the caller owns it. The buffer is empty afterwards. */
    take: (last: Buffer, limit: number): Buffer => {
      if (length === 0) return last
      append(last, limit)
      const payload = bytes.subarray(0, length)
      clear()
      return payload
    },
  }
}

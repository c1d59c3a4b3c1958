import { openSync, readFileSync, writeSync } from 'node:fs'

/**
 * Layout of the file: number of messages started and length of the last one, 4 bytes each,
 * little-endian; then that message.
 */
const headBytes = 8

/**
 * Writes each message to a file before it is tried, so that another process can see it while this
 * one is busy.
 */
export const writeUnderWay = (file: string): ((message: Buffer) => void) => {
  const written = openSync(file, 'w')
  const head = Buffer.alloc(headBytes)
  let begun = 0
  return (message) => {
    begun += 1
    head.writeUInt32LE(begun, 0)
    head.writeUInt32LE(message.length, 4)
    writeSync(written, Buffer.concat([head, message]), 0, headBytes + message.length, 0)
  }
}

/** The number of messages started, and the last one. */
export const readUnderWay = (file: string): { begun: number; bytes: Buffer } => {
  const written = readFileSync(file)
  if (written.length < headBytes) return { begun: 0, bytes: Buffer.alloc(0) }
  return {
    begun: written.readUInt32LE(0),
    bytes: written.subarray(headBytes, headBytes + written.readUInt32LE(4)),
  }
}

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { LineError, type PopulationRecord, readRecord } from './read-record.ts'

/** Reads a file of records in order; what cannot be read is told with its line, and left out. */
export const eachRecord = async (
  path: string,
  onRecord: (record: PopulationRecord, place: number, line: string) => void,
  onError: (line: number, reason: string) => void,
): Promise<number> => {
  let line = 0
  for await (const text of createInterface({
    input: createReadStream(path, { highWaterMark: 1 << 20 }),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1
    if (text.trim() === '') continue
    try {
      onRecord(readRecord(text, line), line, text)
    } catch (error) {
      if (!(error instanceof LineError)) throw error
      onError(line, error.message)
    }
  }
  return line
}

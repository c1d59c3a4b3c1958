import type { Fix } from './mapping.ts'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'

/**
 * Applies the fixes of the source to all fields before any is read. MSH is left as sent, because it
 * identified the source.
 */
export const repairFields = (message: Hl7Message, fixes: readonly Fix[]): void => {
  if (fixes.length === 0) return
  const repairs = fixes.map(({ field }) => field).filter((repair) => repair !== undefined)
  if (repairs.length === 0) return
  for (const segment of message.segments) {
    if (segment.name === 'MSH') continue
    const fields = segment.fields as string[]
    for (let number = 1; number < fields.length; number++) {
      for (const repair of repairs)
        if (fields[number] !== '')
          fields[number] = repair(fields[number] as string, segment, number)
    }
  }
}

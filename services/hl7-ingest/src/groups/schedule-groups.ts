import { IngestError } from '../errors.ts'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'

/** One AIS, AIG, AIL or AIP with its notes. */
export type ScheduledSegments = { segment: Segment; group: number; notes: Segment[] }

/** An appointment: SCH, its timing and notes, and its services and resources. */
export type ScheduleSegments = {
  sch: Segment
  tq1: Segment | null
  notes: Segment[]
  parts: ScheduledSegments[]
}

const needed = new Set(['AIS', 'AIG', 'AIL', 'AIP'])

/**
 * Splits a scheduling message (SIU): an NTE belongs to the SCH, TQ1 or resource before it, a
 * resource to the RGS before it.
 *
 * @throws IngestError MISSING_FIELD at SCH
 * @see HL7 v2.5.1 chapter 10.4
 */
export const scheduleSegments = ({ segments }: Hl7Message): ScheduleSegments => {
  const sch = segments.find(({ name }) => name === 'SCH')
  if (sch === undefined) throw new IngestError('MISSING_FIELD', 'SCH')
  const schedule: ScheduleSegments = {
    sch,
    tq1: segments.find(({ name }) => name === 'TQ1') ?? null,
    notes: [],
    parts: [],
  }
  let group = 0
  let notes: Segment[] | null = null
  for (const segment of segments) {
    const { name } = segment
    if (name === 'NTE') notes?.push(segment)
    else if (segment === sch || segment === schedule.tq1) notes = schedule.notes
    else if (needed.has(name)) {
      notes = []
      schedule.parts.push({ segment, group, notes })
    } else {
      if (name === 'RGS') group += 1
      notes = null
    }
  }
  return schedule
}

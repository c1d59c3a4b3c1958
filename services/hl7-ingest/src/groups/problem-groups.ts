import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'

/** One problem: PRB, with the notes and roles right below it. */
export type ProblemGroup = { prb: Segment; notes: Segment[]; roles: Segment[] }

/**
 * Splits a message into its problems. Segments below a pathway, an observation, a goal or an order
 * do not belong to the problem itself, and are left unused.
 *
 * @see HL7 v2.5.1 chapter 12.3.3, PPR_PC1
 */
export const problemGroups = (message: Hl7Message): ProblemGroup[] => {
  const groups: ProblemGroup[] = []
  let open: ProblemGroup | null = null
  let isNoteOfProblem = false
  for (const segment of message.segments) {
    switch (segment.name) {
      case 'PRB':
        open = { prb: segment, notes: [], roles: [] }
        groups.push(open)
        isNoteOfProblem = true
        break
      case 'NTE':
        if (isNoteOfProblem) open?.notes.push(segment)
        break
      case 'VAR':
        isNoteOfProblem = false
        break
      case 'ROL':
        open?.roles.push(segment)
        isNoteOfProblem = false
        break
      default:
        open = null
        isNoteOfProblem = false
    }
  }
  return groups
}

import { type Context, type Happening, happened } from '../mapping.ts'
import type { Hl7Message, Segment } from '../parse.ts'
import { readVisitNumber } from './encounter.ts'
import { readIam } from './iam.ts'
import { readNotes } from './nte.ts'

/**
 * Allergies by their own action codes, one an IAM with the notes below it.
 *
 * @throws IngestError MISSING_FIELD at IAM-3 if neither an identifier nor an agent tells one from others
 */
export const readAllergyChanges = (message: Hl7Message, patientKey: string, context: Context): Happening[] => {
  const groups: { iam: Segment; notes: Segment[] }[] = []
  let notes: Segment[] | null = null
  for (const segment of message.segments) {
    if (segment.name === 'NTE') notes?.push(segment)
    else notes = null
    if (segment.name !== 'IAM') continue
    notes = []
    groups.push({ iam: segment, notes })
  }
  if (groups.length === 0) return []
  const encounterId = readVisitNumber(message, patientKey, context)
  return groups.map((group) => happened(patientKey, group.iam, readIam(group.iam, patientKey, encounterId, readNotes(group.notes), context)))
}

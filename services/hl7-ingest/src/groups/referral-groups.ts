import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'

/** A referral with the segments of its providers, contacts, authorisations and notes. */
export type ReferralGroup = {
  rf1: Segment
  providers: Segment[]
  contacts: Segment[]
  authorisations: Segment[]
  notes: Segment[]
}

/** Segments whose notes are about the referral; those at the end follow the visit. */
const noted = new Set(['RF1', 'AUT', 'PRD', 'CTD', 'PV1', 'PV2', 'MSA'])

/**
 * The referral of a REF or RRI; null without RF1. Of several RF1 the first is that of the message.
 *
 * @see HL7 v2.5.1 chapter 11.5.1, REF_I12
 */
export const referralGroup = ({ segments }: Pick<Hl7Message, 'segments'>): ReferralGroup | null => {
  const named = (name: string) => segments.filter((segment) => segment.name === name)
  const [rf1] = named('RF1')
  if (rf1 === undefined) return null
  return {
    rf1,
    providers: named('PRD'),
    contacts: named('CTD'),
    authorisations: named('AUT'),
    notes: notesIn(segments),
  }
}

const notesIn = (segments: readonly Segment[]): Segment[] => {
  let above = ''
  return segments.filter(({ name }) => {
    if (name !== 'NTE' && name !== 'PRT') above = name
    return name === 'NTE' && noted.has(above)
  })
}

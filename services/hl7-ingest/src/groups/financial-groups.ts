import type { Segment } from '@tideway/hl7v2/lexer/message'

/** A transaction of a bill (FT1), with its notes and the procedures below it. */
export type FinancialGroup = { ft1: Segment; notes: Segment[]; procedures: Segment[] }

/**
 * The transactions of a bill. A ROL or PRT below a PR1 belongs to it.
 *
 * @see HL7 v2.8 chapter 6.4.3, DFT_P03
 */
export const financialGroups = (segments: readonly Segment[]): FinancialGroup[] => {
  const groups: FinancialGroup[] = []
  let above = ''
  for (const segment of segments) {
    const { name } = segment
    const group = groups.at(-1)
    if (name === 'FT1') groups.push({ ft1: segment, notes: [], procedures: [] })
    else if (name === 'NTE' && above === 'FT1') group?.notes.push(segment)
    else if (name === 'PR1' || ((name === 'ROL' || name === 'PRT') && above === 'PR1'))
      group?.procedures.push(segment)
    if (name !== 'NTE' && name !== 'PRT' && name !== 'ROL') above = name
  }
  return groups
}

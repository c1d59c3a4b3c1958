import type { Segment } from '@tideway/hl7v2/lexer/message'
import type { ResultGroup } from './result-groups.ts'

/** The last specimen before a segment; null if it stands before all of them. */
const specimenAbove = ({ base }: Segment, specimens: readonly Segment[]): Segment | null =>
  specimens.findLast((spm) => spm.base < base) ?? null

/**
 * An order whose results stand below several specimens (SPM OBX SPM OBX), as one group for each of
 * them: a culture of blood must not be read as that of urine. Results before the first specimen are
 * the order's own, in a group without a specimen; one without results goes with the first.
 *
 * An order with its results above its specimens, or below one of them, stays whole: the message
 * does not say which specimen each is of.
 *
 * @see HL7 v2.5.1 chapter 7.3.1, ORU_R01, SPECIMEN
 */
export const bySpecimen = (group: ResultGroup): ResultGroup[] => {
  const { specimens, observations, about } = group
  if (specimens.length < 2) return [group]
  const results = Map.groupBy(observations, ({ obx }) => specimenAbove(obx, specimens))
  const observed = specimens.filter((spm) => results.has(spm))
  if (observed.length < 2) return [group]
  const unobserved = specimens.filter((spm) => !results.has(spm))
  const isAbout = (own: readonly (Segment | null)[]) => (segment: Segment) =>
    segment.name !== 'SAC' || own.includes(specimenAbove(segment, specimens))
  const ofOrder = results.get(null) ?? []
  const parts: ResultGroup[] = observed.map((spm, index) => {
    const own = index === 0 ? [spm, ...unobserved] : [spm]
    return {
      ...group,
      specimens: own,
      about: about.filter(isAbout(own)),
      observations: results.get(spm) ?? [],
      documents: [],
    }
  })
  const whole = { ...group, specimens: [], about: about.filter(isAbout([null])) }
  const [first, ...others] =
    ofOrder.length > 0 ? [{ ...whole, observations: ofOrder }, ...parts] : parts
  return [{ ...(first as ResultGroup), documents: group.documents }, ...others]
}

import { type Context, type Happening, happened, type Mapping } from '../mapping.ts'
import { readWhen } from '../segments/evn.ts'
import { type MergeGroup, mergeGroups } from '../segments/merge-groups.ts'
import { readPrior } from '../segments/mrg.ts'
import { readPatientOf } from '../segments/pid.ts'

/** Merge of patient identifiers: who survives, and which numbers are theirs from now on. One event a MRG; several groups are several patients. */
export default {
  handles: ['ADT^A40'],

  toEvents(message, context) {
    const mergedAt = readWhen(message, null, context)
    return mergeGroups(message).flatMap((group) => mergeOf(group, mergedAt, context))
  },
} satisfies Mapping

const mergeOf = ({ pid, pd1, mrg }: MergeGroup, mergedAt: string | null, context: Context): Happening[] => {
  const { key, details } = readPatientOf(pid, pd1, context)
  const surviving = details.identifiers
  const merges = mrg.map((one) => happened(key, one, { type: 'PatientsMerged', surviving, ...readPrior(one, key, context), mergedAt }))
  return [happened(key, pid, details), ...merges]
}

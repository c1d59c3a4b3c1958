import { type Abnormal as Found, abnormalOf } from '@tideway/record/alerts/abnormal-flag'
import type { ObservationReported } from '@tideway/schemas/documents/entry'
import { Type } from 'typebox'
import { object, text } from './schema/values.ts'

/** Whether a value is abnormal by our reckoning. */
export const computedFlag = Type.Boolean({
  description:
    'True if no flag of HL7 table 0078 says so: computed here from the range sent, or the flag is in no table.',
})

export const Abnormal = object('Abnormal', 'Why the value counts as abnormal.', {
  flag: text('HL7 table 0078, `L` or `H` by the range; a flag that is in no table, as sent.'),
  computed: computedFlag,
})

/** Why a value counts as abnormal; null if it does not. */
export const abnormalIn = ({
  flags,
  numeric,
  range,
  unit,
  value,
}: ObservationReported): Found | null =>
  abnormalOf({ flags, numeric: numeric ?? null, range, unit, value })

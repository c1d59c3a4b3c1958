import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import type { Fix } from '../normalise/mapping.ts'

/**
 * The NHS number is sent where an American system has the social security number. It is marked as
 * one only if it is valid.
 */
export default {
  field: (asSent, { name, message }, number) => {
    if (name !== 'PID' || number !== 19 || nhsNumberOf(asSent) === null) return asSent
    const { component } = message.delimiters
    return [asSent, '', '', 'NHS', 'NH'].join(component)
  },
} satisfies Fix

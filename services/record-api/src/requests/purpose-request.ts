import { type PurposeOfUse, purposesOfUse } from '../chart/purpose.ts'
import { invalidRequest } from '../errors.ts'

/** @throws ApiError INVALID_REQUEST if it is no code of the value set */
export const readPurpose = ({ purpose = 'TREAT' }: Record<string, unknown>): PurposeOfUse => {
  const known = purposesOfUse.find((code) => code === purpose)
  if (known === undefined)
    throw invalidRequest({
      field: 'purpose',
      reason: 'is not a code of the value set PurposeOfUse, e.g. TREAT',
    })
  return known
}

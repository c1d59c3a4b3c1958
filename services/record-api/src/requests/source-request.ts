import type { Path } from '@tideway/record/provenance/locate'
import { invalidRequest } from '../errors.ts'
import { fieldPath } from '../provenance/fields.ts'

/** @throws ApiError INVALID_REQUEST */
export const readSourceRequest = ({ field }: Record<string, unknown>): Path | null => {
  if (field === undefined) return null
  const path = typeof field === 'string' && field.length <= 200 ? fieldPath(field) : null
  if (path === null)
    throw invalidRequest({
      field: 'field',
      reason: 'is not a field of an entry, e.g. observations[3].value',
    })
  return path
}

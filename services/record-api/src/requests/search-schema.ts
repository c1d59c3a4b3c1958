import { Type } from 'typebox'
import { object } from '../json/values.ts'

/** What `readSearch` takes, for the OpenAPI document. */
export const Search = Type.Union([
  object('SearchByNhsNumber', 'Both are needed. Spaces and hyphens in the number do not matter.', {
    nhsNumber: Type.String({ description: 'NHS number; its modulus 11 check digit must hold.' }),
    birthDate: Type.String({ format: 'date', description: 'YYYY-MM-DD.' }),
  }),
  object('SearchByIdentifier', 'Both are needed.', {
    organisation: Type.String({ description: 'ODS code.' }),
    identifier: Type.String({
      maxLength: 64,
      description: "The organisation's own number for the patient, exactly.",
    }),
  }),
])

/** The first version of the mapping of a new type: it reads the patient only. */
export const mappingText = (
  type: string,
  unused: readonly string[],
): string => `import { draftEvent, type Mapping } from '../normalise/mapping.ts'
import { readPatient } from '../composites/patient/patient.ts'

/**
 * ${type}: who the patient is. ${
   unused.length === 0
     ? 'Its sample says nothing else.'
     : `Not read,
 * and listed as unused: ${wrapped(unused)}.`
 }
 */
export default {
  handles: ['${type}'],

  toEvents(message, context) {
    const patient = readPatient(message, context)
    return [draftEvent(patient.key, patient.pid, patient.details)]
  },
} satisfies Mapping
`

const shown = 20
const wrapped = (fields: readonly string[]): string =>
  fields.slice(0, shown).join(', ') +
  (fields.length > shown ? ` and ${fields.length - shown} more` : '')

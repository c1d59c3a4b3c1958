import { draftEvent, type Mapping } from '../normalise/mapping.ts'
import { immunizationGroups } from '../groups/immunization-groups.ts'
import { readImmunizations } from '../composites/medicines/immunizations.ts'
import { readPatient } from '../composites/patient/patient.ts'
import { readVisitContext } from '../composites/visit/visit-reference.ts'

/**
 * Immunisations (V04): demographics, and each vaccine given, refused or not given. Without any
 * (RXA) the rest is used.
 */
export default {
  handles: ['VXU^V04', 'VXU^*'],

  toEvents(message, context) {
    const patient = readPatient(message, context)
    const visit = readVisitContext(message, patient.key, context, false)
    const groups = immunizationGroups(message)
    if (groups.length === 0) message.leftOut.add('RXA')
    return [
      draftEvent(patient.key, patient.pid, patient.details),
      ...visit.drafts,
      ...readImmunizations(groups, patient.key, visit.encounterId, context).map(({ group, body }) =>
        draftEvent(patient.key, group.rxa, body),
      ),
    ]
  },
} satisfies Mapping

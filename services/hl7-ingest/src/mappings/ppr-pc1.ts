import { readOrLeaveOut } from '../normalise/leave-out.ts'
import { draftEvent, type Mapping } from '../normalise/mapping.ts'
import { readVisitReference } from '../composites/visit/encounter.ts'
import { readPatient } from '../composites/patient/patient.ts'
import { problemGroups } from '../groups/problem-groups.ts'
import { readPrb } from '../composites/statements/problem.ts'

/** Problems added (PC1), updated (PC2) and deleted (PC3): each with its own action code (PRB-1). */
export default {
  handles: ['PPR^PC1', 'PPR^PC2', 'PPR^PC3', 'PPR^*'],

  toEvents(message, context) {
    const patient = readPatient(message, context)
    const groups = problemGroups(message)
    if (groups.length === 0) message.leftOut.add('PRB')
    const encounterId = readVisitReference(message, patient.key, context)
    return [
      draftEvent(patient.key, patient.pid, patient.details),
      ...groups.flatMap((group) =>
        readOrLeaveOut(
          () => [group.prb, ...group.notes, ...group.roles],
          () => [
            draftEvent(patient.key, group.prb, readPrb(group, patient.key, encounterId, context)),
          ],
        ),
      ),
    ]
  },
} satisfies Mapping

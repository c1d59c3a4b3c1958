import type { Static } from 'typebox'
import type { Charts } from '../chart/open-chart.ts'
import { completenessOf } from '../completeness/completeness.ts'
import { answerOf, type SealId } from '../json/schema/answer.ts'
import { type Names, Patients, patientOf } from '../json/patient.ts'

const answer = answerOf<Static<typeof Patients>>(Patients)

/** The source patients a search found, for a reader. */
export const readPatients = (
  { heads, known }: Awaited<ReturnType<Charts['findPatients']>>,
  names: Names,
  sealId: SealId,
  now: Date,
): Static<typeof Patients> => {
  const completeness = completenessOf(known, heads, now)
  return answer(
    {
      completeness,
      complete: completeness.state === 'complete',
      patients: heads.map((head) => patientOf(head, names)),
    },
    sealId,
  )
}

import type { PatientHead } from '@tideway/schemas/documents/head'
import type { Static } from 'typebox'
import { answerOf, type SealId } from '../json/schema/answer.ts'
import { type Names, Patients, patientOf } from '../json/patient.ts'

const answer = answerOf<Static<typeof Patients>>(Patients)

/** The source patients a search found, for a reader. */
export const readPatients = (
  heads: readonly PatientHead[],
  names: Names,
  sealId: SealId,
): Static<typeof Patients> =>
  answer({ patients: heads.map((head) => patientOf(head, names)) }, sealId)

import type { PatientHead } from '@tideway/schemas/documents/head'
import { type Names, type Patient, patientOf } from '../json/patient.ts'

/** The source patients a search found, for a reader. */
export const readPatients = (
  heads: readonly PatientHead[],
  names: Names,
): { patients: Patient[] } => ({ patients: heads.map((head) => patientOf(head, names)) })

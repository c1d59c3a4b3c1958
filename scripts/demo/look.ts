import type { PatientRecord } from '@tideway/record-api/json/record'
import type { Api } from '../operate/client/api.ts'

/**
 * Finds a patient by NHS number and date of birth, as a doctor does, and reads the combined record;
 * null if there is none.
 */
export const seenBy = async (
  doctor: Api,
  who: { nhsNumber: string; birthDate: string },
): Promise<PatientRecord | null> => {
  const { patients } = await doctor.post<{ patients: { id: string }[] }>(
    '/api/patients/search',
    who,
  )
  const [first] = patients
  return first === undefined ? null : doctor.get<PatientRecord>(`/api/patients/${first.id}/record`)
}

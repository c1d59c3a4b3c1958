import type { PatientRecord } from '@tideway/record-api/json/record'
import type { Api } from '../client/api.ts'

/** Finds a patient the way a doctor does, by NHS number and date of birth, and reads the combined record; null if there is none. */
export const seenBy = async (doctor: Api, who: { nhsNumber: string; birthDate: string }): Promise<PatientRecord | null> => {
  const { patients } = await doctor.post<{ patients: { id: string }[] }>('/api/patients/search', who)
  const [first] = patients
  return first === undefined ? null : doctor.get<PatientRecord>(`/api/patients/${first.id}/record`)
}

/** Whether and where allergies came that this release does not map: read from what the ledger lists as unused. */
export const allergyState = async (operator: Api, controlIds: readonly string[]): Promise<string> => {
  const answers = await Promise.all(controlIds.map((id) => operator.get<{ messages: { source: string; unused: string[] }[] }>(`/api/messages?controlId=${id}`)))
  const carrying = answers.flatMap(({ messages }) => messages).filter(({ unused }) => unused.some((field) => field.startsWith('AL1')))
  if (carrying.length === 0) return 'Allergies not recorded'
  return `Allergies unavailable: ${carrying.length} messages (${[...new Set(carrying.map(({ source }) => source))].join(', ')}) carry AL1, which is kept and not mapped yet`
}

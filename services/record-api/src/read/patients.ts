import type { PatientHead } from '@tideway/schemas/documents/head'
import { patientKeyOf } from '@tideway/schemas/public-id'
import { type Patient, patientOf } from '../json/patient.ts'
import type { Reader } from './record.ts'
import type { Search } from '../requests/search-request.ts'

const maxPatients = 50

const headsFound = async (store: Reader['store'], search: Search): Promise<PatientHead[]> => {
  if (search.by === 'nhsNumber')
    return store.headsOf(search.nhsNumber, search.birthDate, maxPatients)
  const head = await store.headOfKey(patientKeyOf(search.organisation, search.identifier))
  return head === null ? [] : [head]
}

/** Source patients that match exactly; none is no failure. */
export const findPatients = async (
  { store, names }: Reader,
  search: Search,
): Promise<{ patients: Patient[] }> => ({
  patients: (await headsFound(store, search)).map((head) => patientOf(head, names)),
})

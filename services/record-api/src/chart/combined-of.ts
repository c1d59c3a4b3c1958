import { combinePatients } from '@tideway/record/demographics/combine-patients'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { RecordStore } from './store.ts'

/** Source patients combined in one chart; a person with more is a fault. */
const maxHeads = 50
export const maxCarriers = 200

/** The source patients of the person of one; alone while its person is not known. */
export const combinedOf = async (
  store: Pick<RecordStore, 'personOf' | 'carriers' | 'headsOfKeys'>,
  requested: PatientHead,
) => {
  const { _id, nhsNumber } = requested
  const [person, carriers] = await Promise.all([
    store.personOf(_id),
    nhsNumber === null ? [] : store.carriers(nhsNumber, maxCarriers),
  ])
  const keys = (person?.members ?? []).map(({ patient }) => patient)
  const others = await store.headsOfKeys(keys.filter((key) => key !== _id))
  return { ...combinePatients(requested, others, carriers, maxHeads), isKnown: person !== null }
}

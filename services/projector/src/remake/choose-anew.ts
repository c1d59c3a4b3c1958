import type { Arrival } from '../apply/arrival.ts'
import type { ChooseAnew, FoldPorts } from '../apply/fold-batch.ts'
import type { LoadedDocuments } from '../apply/project.ts'
import { RefusedError } from '../errors.ts'
import { actsIn } from '../history/acts.ts'
import { compareTold } from '../history/compare-told.ts'
import { decisionOf } from '../identity/decisions.ts'
import { patientsOfFirstWord } from '../identity/first-word.ts'
import { remakeNumber } from './remake-number.ts'

/** Arrivals of a batch with the held events that it releases. */
const withReleased = (arrivals: readonly Arrival[], { held }: LoadedDocuments): Arrival[] => [
  ...arrivals,
  ...[...held.values()].flat(),
]

/**
 * Chooses the patients whose documents are made anew: those of whom a message is withdrawn or
 * restored, or says something else than it said; those about whose identity a steward decided; and
 * those whose own organisation says for the first time who they are, where others said otherwise.
 *
 * In a database that an earlier release began, what a message says again is folded on top, as that
 * release did; a withdrawal waits until the database is rebuilt.
 *
 * @throws RefusedError by `make`, if not everything that was told of the patient is recorded
 */
export const chooseAnew =
  (partition: number, ports: FoldPorts): ChooseAnew =>
  async (arrivals, loaded) => {
    const { told = new Map(), withdrawn = new Set() } = loaded
    const { before, patients: retold } = await compareTold(arrivals, told, withdrawn, ports.decode)
    const all = withReleased(arrivals, loaded)
    const acts = actsIn(all)
    const decided = all.filter((arrival) => decisionOf(arrival) !== null)
    const asked = new Set([...acts, ...decided].map(({ patient }) => patient))
    const patients = new Set([...retold, ...patientsOfFirstWord(arrivals, loaded)])
    if (patients.size === 0 && asked.size === 0) return { before, patients, make: never }
    const isWhole = await ports.store.hasWholeHistory()
    return {
      before,
      patients: isWhole ? new Set([...patients, ...asked]) : asked,
      make: (patient) => {
        if (!isWhole) throw new RefusedError('the history of the patient is not whole')
        const own = arrivals.filter((arrival) => arrival.patient === patient)
        const ofPatient = acts.filter((act) => act.patient === patient)
        return remakeNumber({ partition, patient, own, acts: ofPatient, loaded, before }, ports)
      },
    }
  }

const never = (): Promise<never> => Promise.reject(new Error('no patient is made anew'))

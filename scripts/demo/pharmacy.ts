import { readFileSync } from 'node:fs'
import type { Mongo } from '@tideway/mongo/client'
import type { Addresses } from '../stack/addresses.ts'
import { sendFhirMessage } from '../operate/client/send-fhir.ts'
import { settled } from './settle.ts'
import { fillFhir } from './template.ts'

/** Fictitious ODS code of the child's pharmacy. */
const pharmacy = 'FX998'
const readableWithinMs = 30_000

/** The pharmacy's FHIR message about the child's medicines. */
export const medicinesMessage = (now: Date): Buffer =>
  fillFhir(readFileSync(new URL('./pharmacy/medicines.json', import.meta.url), 'utf8'), now)

/** Sends, over FHIR, the medicines dispensed before the child fell ill. */
export const sendMedicines = async (
  addresses: Addresses,
  mongo: Mongo,
  env: NodeJS.ProcessEnv,
  told: (line: string) => void,
): Promise<void> => {
  const since = new Date()
  const began = performance.now()
  const status = await sendFhirMessage(addresses, pharmacy, medicinesMessage(since), env)
  told(
    `  FHIR      ${status} ${String(Math.round(performance.now() - began)).padStart(4)} ms  His pharmacy dispensed ibuprofen and paracetamol three days ago`,
  )
  await settled(mongo, since, 1, readableWithinMs)
}

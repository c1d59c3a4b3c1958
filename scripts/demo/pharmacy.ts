import { readFileSync } from 'node:fs'
import type { Mongo } from '@tideway/mongo/client'
import type { Addresses } from '../stack/addresses.ts'
import { sendFhirMessage } from '../operate/client/send-fhir.ts'
import { settled } from './settle.ts'
import { fillFhir } from './template.ts'

/** ODS code of the child's pharmacy, made up. */
const pharmacy = 'FX998'
const readableWithinMs = 30_000

/** What the pharmacy says of the child's medicines, as a FHIR message. */
export const medicinesMessage = (now: Date): Buffer =>
  fillFhir(readFileSync(new URL('./pharmacy/medicines.json', import.meta.url), 'utf8'), now)

/** His pharmacy tells, over FHIR, what he was given before he fell ill. */
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

import { setTimeout as pause } from 'node:timers/promises'
import { messageIdOf, patientKeyOf } from '@tideway/schemas/public-id'
import type { Mongo } from '@tideway/mongo/client'
import { addressOf, openConnection } from '../load/connection.ts'
import { nextMessage } from '../load/messages.ts'
import { makePatients } from '../load/patients.ts'
import { type Quantiles, quantiles } from '../load/quantiles.ts'
import { planFor } from './measure.ts'

const everyMs = 250
const pollMs = 4
const giveUpMs = 20_000

/**
 * Checks the projector's timestamps from outside: sends a message at intervals while the load runs
 * and polls the store until that message has been applied. Milliseconds from the socket write to
 * the read that found it.
 */
export const watchFromOutside = async (
  address: string,
  mongo: Mongo,
  seconds: number,
): Promise<Quantiles | null> => {
  const { sender, source, run } = planFor(address, 1, 0)
  const [patient] = makePatients(1, 99, run)
  if (patient === undefined) return null
  const connection = await openConnection(addressOf(address))
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  for (let turn = 0; performance.now() < until; turn++) {
    const controlId = `${run}W${turn}`
    const { bytes } = nextMessage(patient, sender, controlId, () => 0.5)
    const wanted = `${messageIdOf(source, bytes)}|${patientKeyOf(source, patient.mrn)}`
    const sentAt = performance.now()
    await connection.exchange(bytes, [controlId], giveUpMs)
    for (;;) {
      if ((await mongo.projections.findOne({ _id: wanted })) !== null) break
      if (performance.now() - sentAt > giveUpMs) break
      await pause(pollMs)
    }
    times.push(performance.now() - sentAt)
    await pause(everyMs)
  }
  await connection.close()
  return quantiles(times)
}

import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { messageIdOf } from '@tideway/schemas/public-id'
import type { Taken } from '../load/plan.ts'

export type FhirLoad = {
  /** URL of `/fhir`. */
  address: string
  token: () => Promise<string>
  source: string
  /** Identifier systems of the sender for patients and reports. */
  systems: { patient: string; report: string }
  connections: number
  /** Bundles a second in total. */
  rate: number
  seconds: number
  /** Prefix of patient numbers. */
  run: string
}

/**
 * One Bundle in a patient's sequence: demographics, a standalone result, and a condition that
 * starts and ends.
 */
const bundleAt = ({ run, systems }: FhirLoad, patient: number, step: number): Buffer => {
  const number = `${run}F${patient}`
  const subject = { reference: 'urn:uuid:patient' }
  const at = new Date().toISOString()
  const post = (resource: { resourceType: string }, name: string) => ({
    fullUrl: `urn:uuid:${name}`,
    resource,
    request: { method: 'POST', url: resource.resourceType },
  })
  const status = (system: string, code: string) => ({
    coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
  })
  return Buffer.from(
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'transaction',
      timestamp: at,
      entry: [
        post(
          {
            resourceType: 'Patient',
            identifier: [{ system: systems.patient, value: number }],
            name: [{ family: 'Made', given: ['Up'] }],
            birthDate: '1970-01-01',
          } as never,
          'patient',
        ),
        post(
          {
            resourceType: 'Observation',
            identifier: [{ system: systems.report, value: `${number}-${step}` }],
            status: 'final',
            code: { text: 'Potassium' },
            subject,
            effectiveDateTime: at,
            valueQuantity: { value: 3 + (step % 30) / 10, unit: 'mmol/L' },
          } as never,
          'result',
        ),
        post(
          {
            resourceType: 'Condition',
            identifier: [{ system: systems.report, value: `${number}-C` }],
            clinicalStatus: status('condition-clinical', step % 2 === 0 ? 'active' : 'resolved'),
            verificationStatus: status('condition-ver-status', 'confirmed'),
            code: { text: 'Asthma' },
            subject,
            recordedDate: at,
          } as never,
          'condition',
        ),
      ],
    }),
  )
}

/** Whether a status does not refuse the content: the Bundle is sent again later. */
const isLater = (status: number) => [401, 429].includes(status) || status >= 500
const againAfterMs = 500
const answerWithinMs = 15_000
/** How long a sender retries after the end of the load. */
const graceMs = 120_000

/**
 * Sends Bundles at a constant rate. Each is sent again, byte for byte, until it is answered 2xx, as
 * an interface engine does; the patient's next Bundle waits for it.
 *
 * @param taken  gets each that is answered 2xx
 * @throws Error if a Bundle is refused for its content
 */
export const fhirLoad = async (
  plan: FhirLoad,
  taken: Taken[],
): Promise<{ taken: readonly Taken[]; resent: number }> => {
  const { address, source, connections, rate, seconds } = plan
  const end = Date.now() + seconds * 1000
  let resent = 0
  let token = await plan.token()

  const post = async (bytes: Buffer): Promise<number> => {
    try {
      const answer = await fetch(address, {
        method: 'POST',
        body: new Uint8Array(bytes),
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
        signal: AbortSignal.timeout(answerWithinMs),
      })
      await answer.arrayBuffer()
      return answer.status
    } catch {
      return 503
    }
  }

  const send = async (bytes: Buffer): Promise<boolean> => {
    for (let status = await post(bytes); ; status = await post(bytes)) {
      if (status >= 200 && status < 300) return true
      if (!isLater(status)) throw new Error(`a Bundle was answered ${status}`)
      if (Date.now() > end + graceMs) return false
      resent += 1
      if (status === 401) token = await plan.token()
      await pause(againAfterMs)
    }
  }

  const connection = async (patient: number) => {
    for (let step = 0; Date.now() < end; step += 1) {
      const next = Date.now() + (1000 * connections) / rate
      const madeAt = Date.now()
      const bytes = bundleAt(plan, patient, step)
      const sentAt = Date.now()
      if (await send(bytes))
        taken.push({
          controlId: `${plan.run}F${patient}-${step}`,
          messageId: messageIdOf(source, bytes),
          mrn: `${plan.run}F${patient}`,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          ...{ madeAt, sentAt, takenAt: Date.now(), isResult: true },
        })
      await pause(Math.max(0, next - Date.now()))
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, patient) => connection(patient)))
  return { taken, resent }
}

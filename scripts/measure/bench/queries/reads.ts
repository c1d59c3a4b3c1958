import { setTimeout as pause } from 'node:timers/promises'
import { publicIdKeys as keysSetting } from '@tideway/runtime/common-settings'
import { readConfig } from '@tideway/runtime/config'
import { idSeal } from '@tideway/schemas/id-seal'
import { publicId } from '@tideway/schemas/public-id'
import { publicIdKeyFile } from '../../../stack/parts/public-id-key.ts'
import { openApi } from '../../../operate/client/api.ts'
import { type Quantiles, quantiles } from '../../load/quantiles.ts'
import { randomOf } from '../../load/random.ts'
import type { BenchStack } from '../stack.ts'
import * as made from './documents.ts'
import type { Template } from './template.ts'

/** Reads from record-api over HTTP; milliseconds from the time each was due. */
export type Reads = {
  perSecond: number
  /** Reads that failed. */
  failed: number
  record: Quantiles | null
  ledger: Quantiles | null
  search: Quantiles | null
  section: Quantiles | null
}
type Kind = 'record' | 'ledger' | 'search' | 'section'

/** Of ten reads: four records, three ledger look-ups, two searches, one page of a section. */
const mix: readonly Kind[] = [
  ...(['record', 'ledger', 'search', 'record', 'ledger'] as const),
  ...(['record', 'section', 'ledger', 'search', 'record'] as const),
]
const warmUpSeconds = 3
/** Concurrent reads at most; at this many the service is behind and the rate is not held. */
const underWayAtMost = 500

const readerOf = async (stack: BenchStack, template: Template, size: number) => {
  const open = (role: 'clinician' | 'operator') =>
    openApi(stack.addresses, { role, organisation: 'RJZ' }, stack.env)
  const [clinician, operator] = [await open('clinician'), await open('operator')]
  const { publicIdKeys } = readConfig(publicIdKeyFile(stack.env), { publicIdKeys: keysSetting })
  const { seal } = idSeal(publicIdKeys)
  const random = randomOf(17)
  const patient = () => Math.floor((random() * size) / made.perPatient)
  const pathOf = (number: number) => `/api/patients/${seal(publicId(made.keyOf(number)))}`
  const searchFor = (number: number) => {
    const { nhsNumber, birthDate } = made.headOf(template, number)
    return { nhsNumber, birthDate }
  }
  return (kind: Kind): Promise<unknown> => {
    const number = patient()
    if (kind === 'record') return clinician.get(`${pathOf(number)}/record`)
    if (kind === 'section') return clinician.get(`${pathOf(number)}/entries?kind=report&limit=20`)
    if (kind === 'search') return clinician.post('/api/patients/search', searchFor(number))
    return operator.get(`/api/messages?controlId=C${number * made.perPatient}`)
  }
}

/**
 * Open loop: mixed reads at a fixed rate, whether or not earlier ones have been answered.
 *
 * @param size     messages in the store
 * @param rate     reads a second
 * @param seconds  after a warm-up that does not count
 */
export const measureReads = async (
  stack: BenchStack,
  template: Template,
  size: number,
  rate: number,
  seconds: number,
): Promise<Reads> => {
  const read = await readerOf(stack, template, size)
  const times: Record<Kind, number[]> = { record: [], ledger: [], search: [], section: [] }
  const underWay = new Set<Promise<void>>()
  let failed = 0
  const began = performance.now()
  const one = async (kind: Kind, due: number, counts: boolean) => {
    try {
      await read(kind)
    } catch {
      failed += 1
    }
    if (counts) times[kind].push(performance.now() - due)
  }
  const total = Math.round((warmUpSeconds + seconds) * rate)
  for (let number = 0; number < total; number++) {
    const due = began + (number * 1000) / rate
    const early = due - performance.now()
    if (early > 0) await pause(early)
    while (underWay.size >= underWayAtMost) await Promise.race(underWay)
    const kind = mix[number % mix.length] as Kind
    const asked = one(kind, due, number >= warmUpSeconds * rate).finally(() =>
      underWay.delete(asked),
    )
    underWay.add(asked)
  }
  await Promise.all(underWay)
  const took = (performance.now() - began) / 1000
  return {
    perSecond: total / took,
    failed,
    record: quantiles(times.record),
    ledger: quantiles(times.ledger),
    search: quantiles(times.search),
    section: quantiles(times.section),
  }
}

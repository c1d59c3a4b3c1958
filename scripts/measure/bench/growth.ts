import type { Mongo } from '@tideway/mongo/client'
import type { Api } from '../../operate/client/api.ts'
import { makePatients } from '../load/patients.ts'
import type { Changes } from './changes.ts'
import { fillHistory, fillPatients } from './fill.ts'
import type { Target } from './measure.ts'
import { carry } from './pipeline.ts'
import { settle } from './settle.ts'

export type Grown = {
  size: number
  perSecond: number
  wireP50: number
  wireP95: number
  cpuMicros: Record<string, number>
  recordMs: number | null
}

type Bench = {
  mongo: Mongo
  changes: Changes
  target: Target
  folder: string
  seconds: number
  rate: number
  api: Api
}

const settleMs = 180_000

const rounded = (value: number | undefined) => Math.round(value ?? Number.NaN)

/** Cost of a message as the number of patients grows; the load is spread evenly over them. */
export const growPatients = async (
  { mongo, changes, target, folder, seconds, rate }: Bench,
  sizes: readonly number[],
): Promise<Grown[]> => {
  const prefix = `G${(Date.now() % 36 ** 3).toString(36).toUpperCase()}-`
  const grown: Grown[] = []
  for (const [index, size] of sizes.entries()) {
    await fillPatients(mongo, prefix, 1, sizes[index - 1] ?? 0, size)
    await settle(target.usage, 'mongodb', settleMs)
    const { row, readable } = await carry(target, changes, folder, 32, seconds, rate, {
      patients: size,
      run: prefix,
      seed: 1,
      told: 1 + 20 * index,
      warmUpSeconds: 5,
    })
    grown.push({
      size,
      perSecond: row.perSecond,
      wireP50: rounded(readable.quantiles?.p50),
      wireP95: rounded(readable.quantiles?.p95),
      cpuMicros: row.cpuMicros,
      recordMs: null,
    })
  }
  return grown
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = []
  for (let turn = 0; turn < 5; turn++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return times.sort((a, b) => a - b)[2] as number
}

const rateOfOne = 40
const storyOfHistory = 5_000_000

/**
 * Cost of a message about one patient, and time to read the record, as the history grows.
 */
export const growHistory = async (
  { mongo, changes, target, folder, seconds, api }: Bench,
  sizes: readonly number[],
): Promise<Grown[]> => {
  const prefix = `H${(Date.now() % 36 ** 3).toString(36).toUpperCase()}-`
  const [patient] = makePatients(1, 1, prefix)
  if (patient === undefined) return []
  const grown: Grown[] = []
  for (const [index, size] of sizes.entries()) {
    await fillHistory(mongo, patient, sizes[index - 1] ?? 0, size)
    await settle(target.usage, 'mongodb', settleMs)
    const told = storyOfHistory + 100_000 * index
    const { row, readable } = await carry(target, changes, folder, 1, seconds, rateOfOne, {
      patients: 1,
      run: prefix,
      seed: 1,
      told,
      warmUpSeconds: 2,
    })
    const found = await api.post<{ patients: { id: string }[] }>('/api/patients/search', {
      organisation: 'RJZ',
      identifier: patient.mrn,
    })
    const recordMs = await timed(() => api.get(`/api/patients/${found.patients[0]?.id}/record`))
    grown.push({
      size,
      perSecond: row.perSecond,
      wireP50: rounded(readable.quantiles?.p50),
      wireP95: rounded(readable.quantiles?.p95),
      cpuMicros: row.cpuMicros,
      recordMs: rounded(recordMs),
    })
  }
  return grown
}

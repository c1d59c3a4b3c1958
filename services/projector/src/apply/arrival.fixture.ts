import type { PatientEvent } from '@tideway/schemas/events.generated'
import { arrivalOf } from '../consume/consume.ts'
import type { Arrival } from './arrival.ts'
import type { LoadedDocuments, Projected } from './project.ts'

export const arrival = (of: PatientEvent, offset: number): Arrival =>
  arrivalOf({
    offset,
    key: of.patientKey,
    value: of,
    record: Buffer.from([offset]),
    header: () => null,
    timestamp: 0,
  })

/** Events as they arrive one after the other, of one patient if given. */
export const arrivalsOfEvents = (
  events: readonly PatientEvent[],
  from = 0,
  patient?: string,
): (Arrival & { event: PatientEvent })[] =>
  events.map((event, index) => ({
    ...arrival(event, from + index),
    event,
    patient: patient ?? event.patientKey,
  }))

/** An empty store. */
export const nothing: LoadedDocuments = {
  heads: new Map(),
  entries: new Map(),
  applied: new Map(),
  held: new Map(),
}

/** Changes of a batch for one patient. */
export const of = (projected: readonly Projected[], wanted: string): Projected =>
  projected.find((each) => each.patient === wanted) as Projected

import { upcast } from '../upcast.ts'
import type { Document, Entry, Report, Statement } from './entry.ts'
import { statements } from './statement.ts'

/** Format of stored entries: 1, without a number, held events of version 1. */
export const storageFormat = 2

const upcastOne = <T extends object>(name: string, record: T): T => upcast(name, record) as T

const nothing = { status: null, orderStatus: null, observations: [] }

/** Only what a message said is in a header: no field of it is null. */
const upcastHeader = <T extends object>(fields: T): T => {
  const whole = Object.entries(upcast('ResultReportedV1', { ...nothing, ...fields }))
  return Object.fromEntries(
    whole.filter(([name, value]) => name !== 'observations' && value !== null),
  ) as T
}

const upcastReport = (data: Report): Report => ({
  ...data,
  header: data.header.map((one) => ({ ...one, fields: upcastHeader(one.fields) })),
  observations: data.observations.map((one) => ({
    ...one,
    reported: one.reported.map((reported) => upcastOne('ObservationV1', reported)),
  })),
})

const upcastDocument = (data: Document): Document => ({
  ...data,
  observations: data.observations.map((one) => upcastOne('ObservationV1', one)),
  reported: data.reported.map((reported) => upcastOne('DocumentReportedV1', reported)),
})

const upcastStatement = (data: Statement): Statement => {
  const name = `${statements[data.kind].event}V1`
  return { ...data, reported: data.reported.map((reported) => upcastOne(name, reported)) }
}

/** Data of an entry that was stored in format 1, with every field, as this release has it. */
export const upcastData = (data: Entry['data']): Entry['data'] => {
  if (data.kind === 'encounter') return data
  if (data.kind === 'report') return upcastReport(data)
  return data.kind === 'document' ? upcastDocument(data) : upcastStatement(data)
}

import type { Outgoing } from '@tideway/kafka/client'
import type { Line } from '../open-line.ts'
import { actRecord } from '../withdraw/act-records.ts'
import { type ToldOfPatient, toldByMessage } from '../withdraw/told-by-message.ts'

/** What a message said before of patients and does not say now. */
export type NoLongerSaid = {
  /** Patients of whom it says less, or nothing, and the ids of the events it still has for each. */
  patients: { patient: string; events: string[] }[]
  /** Patients of whom it says nothing now, where an earlier release did not record what it said. */
  unknown: string[]
}

const eventsByPatient = (events: readonly Outgoing[]): Map<string, string[]> => {
  const byPatient = new Map<string, string[]>()
  for (const { key, headers } of events)
    byPatient.set(key, [...(byPatient.get(key) ?? []), headers['ce_id'] ?? ''])
  return byPatient
}

/** @param events  of the message, mapped by the current sources and mappings */
export const noLongerSaid = (
  told: readonly ToldOfPatient[],
  events: readonly Outgoing[],
): NoLongerSaid => {
  const now = eventsByPatient(events)
  const isLess = ({ patient, events: before }: ToldOfPatient): boolean =>
    before?.some((id) => !(now.get(patient) ?? []).includes(id)) ?? false
  return {
    patients: told
      .filter(isLess)
      .map(({ patient }) => ({ patient, events: now.get(patient) ?? [] })),
    unknown: told.flatMap(({ patient, events: before }) =>
      before === null && !now.has(patient) ? [patient] : [],
    ),
  }
}

/** What a message said before of patients that its events do not say now. */
export const findNoLongerSaid = async (
  line: Line,
  message: string,
  events: readonly Outgoing[],
): Promise<NoLongerSaid> => noLongerSaid(await toldByMessage(line, message), events)

/** The records that withdraw it, to be published before the events. */
export const withdrawnByReplay = (
  line: Line,
  message: string,
  { patients }: NoLongerSaid,
): Outgoing[] =>
  patients.map(({ patient, events }) =>
    actRecord(
      line,
      patient,
      { type: 'MessageReplayed', message, by: line.by, events },
      Date.now() * 1000,
    ),
  )

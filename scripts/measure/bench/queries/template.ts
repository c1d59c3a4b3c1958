import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { evolveHead, newHead } from '@tideway/record/demographics/head'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import { withLines } from '@tideway/record/summary/head-lines'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { kings } from '../alone/messages.ts'
import { typeSamples } from '../alone/samples.ts'

const templateKey = 'RJZ|TEMPLATE'
const types = ['ADT^A01', 'ORU^R01', 'MDM^T02', 'ADT^A60', 'RDE^O11']

/** The head and entries of one patient, copied for every other patient. */
export type Template = { head: PatientHead; entries: Entry[] }

/** Folds one sample of each of some types into the documents of one patient. */
export const readTemplate = async (): Promise<Template> => {
  const { mappings } = await kings()
  const samples = (await typeSamples(() => true)).filter(({ what }) => types.includes(what))
  const entries = new Map<string, Entry>()
  let head = newHead(templateKey)
  let receivedAt = Date.now() * 1000 - 1e12
  for (const { bytes, source } of samples) {
    receivedAt += 1_000
    const { events } = normalise({ source, bytes, receivedAt }, mappings, { production: false })
    for (const sent of events) {
      const event = { ...sent, patientKey: templateKey }
      const id = entryIdIn(event)
      const entry = id === null ? null : evolveEntry(entries.get(id) ?? null, event)
      if (entry !== null) entries.set(entry._id, { ...entry, version: 1 })
      head = evolveHead(head, event)
    }
  }
  const all = [...entries.values()]
  return { head: { ...withLines(head, all).head, version: 1 }, entries: all }
}

/** The part of an entry's id after the patient's key. */
export const suffixOf = ({ _id }: Entry): string => _id.slice(templateKey.length)

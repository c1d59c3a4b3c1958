import type { Mongo } from '@tideway/mongo/client'
import type { Feed, ParkedEarly } from '@tideway/schemas/documents/ledger'

/** Messages of a person that are missing from the record are counted up to this. */
const maxMissing = 1_000

/** Code of messages that contradict who the patient is; see the projector. */
const conflictCode = 'IDENTITY_CONFLICT'

/** Problems of messages of which only a part was used; hl7-ingest's outcomes that do not park. */
const partialProblems = ['VISIT_NOT_IDENTIFIED', 'USED_IN_PART'] as const

type Missing = Pick<Mongo, 'messages' | 'held' | 'feeds' | 'parkedEarly'>

export const missingStore = ({ messages, held, feeds, parkedEarly }: Missing) => ({
  /**
   * Messages about these patients that are parked, those apart that contradict who the patient is,
   * that were dropped, and of which only a part was used; a message about two of the patients
   * counts once, a withdrawn one never. Counted up to `maxMissing` each, at which withdrawn ones
   * are not looked for. Parked and dropped are also those that the ledger does not have.
   *
   * @param hasEarly  false if there are none of these of any patient
   */
  async countMissing(
    patientKeys: readonly string[],
    hasEarly = true,
  ): Promise<{ parked: number; inConflict: number; dropped: number; inPart: number }> {
    const found = async (field: 'parked.state' | 'problem.code', value: string) => {
      const about = { [field]: value, patientKeys: { $in: [...patientKeys] } }
      // SecantusDB reads every message with this value if it is one of several, or if the filter
      // has a third condition.
      const projection = { 'withdrawn.state': 1, 'parked.code': 1 } as const
      const all = await messages.find(about, { projection, limit: maxMissing }).toArray()
      return all.length < maxMissing
        ? all.filter(({ withdrawn }) => withdrawn?.state !== 'WITHDRAWN')
        : all
    }
    const [waiting, dropped, inParts, early] = await Promise.all([
      found('parked.state', 'PARKED'),
      found('parked.state', 'DROPPED'),
      Promise.all(partialProblems.map((code) => found('problem.code', code))),
      hasEarly
        ? parkedEarly
            .find({ patientKeys: { $in: [...patientKeys] } }, { limit: maxMissing })
            .toArray()
        : [],
    ])
    const ofEarly = (state: ParkedEarly['parked']['state']) =>
      early.filter((message) => message.parked.state === state)
    const parked = [...waiting, ...ofEarly('PARKED')]
    const inConflict = parked.filter((one) => one.parked?.code === conflictCode).length
    return {
      parked: parked.length - inConflict,
      inConflict,
      dropped: dropped.length + ofEarly('DROPPED').length,
      inPart: Math.min(maxMissing, inParts.flat().length),
    }
  },

  /** Events of these patients that are held. */
  countHeld: (patientKeys: readonly string[]): Promise<number> =>
    held.countDocuments({ patient: { $in: [...patientKeys] } }),

  feeds: (sources: readonly string[]): Promise<Feed[]> =>
    feeds.find({ _id: { $in: [...sources] } }).toArray(),
})

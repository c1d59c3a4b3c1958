import type { Mongo } from '@tideway/mongo/client'
import type { Feed, ParkedEarly } from '@tideway/schemas/documents/ledger'

/** Messages of a person that are missing from the record are counted up to this. */
const maxMissing = 1_000

/** Problems of messages of which only a part was used; hl7-ingest's outcomes that do not park. */
const partialProblems = ['VISIT_NOT_IDENTIFIED', 'USED_IN_PART'] as const

type Missing = Pick<Mongo, 'messages' | 'held' | 'feeds' | 'parkedEarly'>

export const missingStore = ({ messages, held, feeds, parkedEarly }: Missing) => ({
  /**
   * Messages about these patients that are parked, that were dropped, and of which only a part
   * was used; a message about two of the patients counts once, a withdrawn one never. Counted up
   * to `maxMissing` each, at which withdrawn ones are not looked for. Parked and dropped are also those that the ledger does not have.
   *
   * @param hasEarly  false if there are none of these of any patient
   */
  async countMissing(
    patientKeys: readonly string[],
    hasEarly = true,
  ): Promise<{ parked: number; dropped: number; inPart: number }> {
    const count = async (
      field: 'parked.state' | 'problem.code',
      value: string | { $in: string[] },
    ) => {
      const about = {
        [field]: value,
        patientKeys: { $in: [...patientKeys] },
      }
      // A third condition in the filter makes SecantusDB read every message with this value.
      const projection = { 'withdrawn.state': 1 } as const
      const found = await messages.find(about, { projection, limit: maxMissing }).toArray()
      return found.length < maxMissing
        ? found.filter(({ withdrawn }) => withdrawn?.state !== 'WITHDRAWN').length
        : maxMissing
    }
    const [parked, dropped, inPart, early] = await Promise.all([
      count('parked.state', 'PARKED'),
      count('parked.state', 'DROPPED'),
      count('problem.code', { $in: [...partialProblems] }),
      hasEarly
        ? parkedEarly
            .find({ patientKeys: { $in: [...patientKeys] } }, { limit: maxMissing })
            .toArray()
        : [],
    ])
    const ofEarly = (state: ParkedEarly['parked']['state']) =>
      early.filter((message) => message.parked.state === state).length
    return { parked: parked + ofEarly('PARKED'), dropped: dropped + ofEarly('DROPPED'), inPart }
  },

  /** Events of these patients that are held. */
  countHeld: (patientKeys: readonly string[]): Promise<number> =>
    held.countDocuments({ patient: { $in: [...patientKeys] } }),

  feeds: (sources: readonly string[]): Promise<Feed[]> =>
    feeds.find({ _id: { $in: [...sources] } }).toArray(),
})

import type { Building, RecordGenerations } from '@tideway/schemas/documents/generations'
import type { Db } from 'mongodb'
import { bulkWriteNew } from './bulk-write-new.ts'
import { nameIn, recordCollections } from './collections.ts'

const id = 'record'
const first = { current: 1, last: 1, rules: null, since: null, building: null }

/**
 * Which generation of the record is live, and the rebuild in progress. Every change is guarded by
 * what it is based on, so that of two processes only one succeeds.
 */
export const generationsOf = (db: Db) => {
  const generations = db.collection<RecordGenerations>('generations')

  const read = async (): Promise<RecordGenerations> =>
    (await generations.findOne({ _id: id })) ?? { _id: id, ...first }

  /** The document exists afterwards. */
  const ensure = async (): Promise<void> => {
    await bulkWriteNew(generations, [{ insertOne: { document: { _id: id, ...first } } }])
  }

  const update = async (filter: object, set: object): Promise<boolean> =>
    (await generations.updateOne({ _id: id, ...filter }, set)).matchedCount === 1

  return {
    read,

    /** Says which rules make the documents of a generation without any. */
    async claim(rules: string): Promise<void> {
      await ensure()
      await update({ current: 1, rules: null }, { $set: { rules } })
    },

    /** @returns the new generation; null if another rebuild has begun meanwhile */
    async begin(rules: string): Promise<number | null> {
      await ensure()
      const { last } = await read()
      const building: Building = { generation: last + 1, rules, phase: 'build', beat: 0, next: {} }
      const begun = await update({ building: null, last }, { $set: { building, last: last + 1 } })
      return begun ? last + 1 : null
    },

    /**
     * Shows that the rebuild runs.
     *
     * @param next  offset by partition, all before which is in its documents
     * @returns false if this rebuild was discarded
     */
    beat: (generation: number, next: ReadonlyMap<number, number>): Promise<boolean> =>
      update(
        { 'building.generation': generation },
        { $inc: { 'building.beat': 1 }, $set: { 'building.next': Object.fromEntries(next) } },
      ),

    /** @returns false if it was in another phase */
    enter: (generation: number, phase: Building['phase'], from: Building['phase']) =>
      update(
        { 'building.generation': generation, 'building.phase': from },
        { $set: { 'building.phase': phase } },
      ),

    /**
     * Ends a handover whose rebuild has stopped.
     *
     * @returns false if it is alive after all, or has ended
     */
    takeBack: ({ generation, beat }: Building): Promise<boolean> =>
      update(
        {
          'building.generation': generation,
          'building.phase': 'handover',
          'building.beat': beat,
        },
        { $set: { 'building.phase': 'build' } },
      ),

    /**
     * Makes the generation that was built the live one.
     *
     * @returns false if a projector took the handover back; the live generation is unchanged
     */
    switchTo: (generation: number, rules: string): Promise<boolean> =>
      update(
        { 'building.generation': generation, 'building.phase': 'handover' },
        { $set: { current: generation, rules, since: new Date(), building: null } },
      ),

    /** Forgets the generation being built. */
    discard: (generation: number): Promise<boolean> =>
      update({ 'building.generation': generation }, { $set: { building: null } }),

    /** Removes the collections of a generation. @throws RangeError for the live one */
    async drop(generation: number): Promise<void> {
      if ((await read()).current === generation) throw new RangeError('that generation is live')
      for (const name of recordCollections) await db.collection(nameIn(name, generation)).drop()
    },
  }
}

export type GenerationStore = ReturnType<typeof generationsOf>

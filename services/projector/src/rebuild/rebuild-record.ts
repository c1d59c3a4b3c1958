import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { KafkaConnection } from '@tideway/kafka/client'
import type { Registry } from '@tideway/kafka/registry'
import type { Mongo } from '@tideway/mongo/client'
import { indexGeneration } from '@tideway/mongo/indexes'
import type { WatermarkStore } from '@tideway/mongo/watermark-store'
import { topics } from '@tideway/schemas/topics'
import type { ApplyPorts } from '../apply/apply.ts'
import { consumerGroupOf, isOfGeneration } from '../generation/consumer-group.ts'
import { beginOrResume, discard } from './begin.ts'
import { compareGenerations, type Differences } from './compare-store.ts'
import { RebuildError } from './errors.ts'
import { followLog } from './follow-log.ts'
import { handOver } from './hand-over.ts'
import { releasedByRebuild } from './held-differences.ts'
import { furthest, type Offsets, type Progress } from './progress.ts'

const beatEveryMs = 1_000
/** So close behind the live generation it hands over, or compares, milliseconds. */
const nearMs = 3_000

export type RebuildPorts = {
  mongo: Pick<Mongo, 'generations' | 'inGeneration'>
  kafka: KafkaConnection
  registry: Registry
  announce: ApplyPorts['publish']
  watermarks: Pick<WatermarkStore, 'next' | 'place'>
  /** Consumer group of the projector; see `consumerGroupOf`. */
  group: string
  rules: string
  signal: AbortSignal
}

export type RebuildEvents = {
  begun: (generation: number, resumed: boolean) => void
  progress: (progress: Progress) => void
  compared: (differences: Differences) => void
  switched: (generation: number) => void
}

const deleteGroup =
  ({ kafka, group }: Pick<RebuildPorts, 'kafka' | 'group'>) =>
  (generation: number): Promise<void> =>
    kafka.deleteGroups([consumerGroupOf(group, generation)])

/** Discards an unfinished rebuild. @returns its generation; null if there is none */
export const discardRebuild = (ports: RebuildPorts): Promise<number | null> =>
  discard(ports.mongo.generations, deleteGroup(ports))

/** Where any generation was: a restored database may not know the last of them. */
const announcedOf = async ({ kafka, group }: Pick<RebuildPorts, 'kafka' | 'group'>) => {
  const groups = (await kafka.groupNames()).filter((name) => isOfGeneration(group, name))
  const committed = await Promise.all(groups.map((of) => kafka.committedOf(of, 'patientEvents')))
  return furthest(...committed)
}

/** Watermarks of the live generation: what is before them is in its documents. */
const marksOf = async ({
  kafka,
  watermarks,
}: Pick<RebuildPorts, 'kafka' | 'watermarks'>): Promise<Offsets> => {
  const { name } = topics.patientEvents
  const partitions = (await kafka.endsOf('patientEvents')).size
  const at = await Promise.all(
    Array.from({ length: partitions }, (_, partition) => watermarks.next(name, partition)),
  )
  return new Map([...at.entries()].filter(([, next]) => next > 0))
}

const keepBeating = (
  { mongo: { generations } }: RebuildPorts,
  generation: number,
  next: ReadonlyMap<number, number>,
) => {
  const stopped = new AbortController()
  const beating = setInterval(() => {
    generations.beat(generation, next).then(
      (known) => {
        if (!known) stopped.abort(new RebuildError('The rebuild was discarded'))
      },
      () => undefined,
    )
  }, beatEveryMs)
  return { signal: stopped.signal, end: () => clearInterval(beating) }
}

/**
 * Makes all documents of the record anew from the log, in a new generation of collections beside
 * the live one, then switches to it. Readers see the live generation until then, events keep
 * flowing into it, and nothing is announced a second time. A rebuild that was interrupted goes on
 * where it was.
 *
 * @param how.compare  compares with the live generation instead of switching
 * @param how.graceMs  how long readers may still be reading the replaced generation
 * @throws RebuildError; the live generation is then unchanged
 */
export const rebuildRecord = async (
  ports: RebuildPorts,
  on: RebuildEvents,
  how: { compare: boolean; graceMs: number },
): Promise<void> => {
  const { mongo, kafka, registry, announce, watermarks, group, rules } = ports
  const { generations } = mongo
  const { generation, resumed } = await beginOrResume(generations, rules, deleteGroup(ports))
  on.begun(generation, resumed !== null)
  const { current } = await generations.read()
  const [live, built] = [mongo.inGeneration(current), mongo.inGeneration(generation)]
  const liveGroup = consumerGroupOf(group, current)
  // A group of this run alone: it goes on where the documents are, whatever a run before committed.
  const ownGroup = consumerGroupOf(group, generation)
  const readingGroup = `${ownGroup}.rebuild-${randomUUID()}`
  const next = new Map(resumed ?? [])
  if (next.size > 0) await kafka.placeGroup(readingGroup, 'patientEvents', next)
  const beat = keepBeating(ports, generation, next)
  const signal = AbortSignal.any([ports.signal, beat.signal])
  await indexGeneration(built)
  const following = await followLog({
    ...{ kafka, registry, built, live, liveGroup, rules, signal, next },
    announced: await announcedOf(ports),
    marks: () => marksOf(ports),
    group: readingGroup,
  })
  let isClosed = false
  const close = async () => {
    if (!isClosed) await following.close()
    isClosed = true
  }
  try {
    await following.reach(nearMs, on.progress)
    if (how.compare) {
      on.compared(await compareGenerations(live, built))
      return
    }
    const finish = async () => {
      await following.reach(0, () => undefined)
      await close()
      await kafka.placeGroup(ownGroup, 'patientEvents', following.targets())
      await watermarks.place(topics.patientEvents.name, following.reached())
      const [before, after] = await Promise.all([
        live.held.find().toArray(),
        built.held.find({}, { projection: { _id: 1 } }).toArray(),
      ])
      await announce([releasedByRebuild(before, after, Date.now() * 1000)])
    }
    await handOver({ generations, kafka, generation, rules, liveGroup, signal, finish })
  } finally {
    await close()
    beat.end()
    await kafka.deleteGroups([readingGroup]).catch(() => undefined)
  }
  on.switched(generation)
  await pause(how.graceMs)
  await generations.drop(current)
  if (current !== 1) await kafka.deleteGroups([liveGroup])
}

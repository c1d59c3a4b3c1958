import { actsIn, withdrawalsBy } from '../history/acts.ts'
import { isAboutPatient, pure } from '../errors.ts'
import { chooseAnew } from '../remake/choose-anew.ts'
import { type Announcement, announcementOf, parkedWithoutPatient } from './announce.ts'
import type { Folds } from './apply-events.ts'
import type { Arrival } from './arrival.ts'
import { type ChooseAnew, failWith, foldBatch, type FoldPorts } from './fold-batch.ts'
import { holdUnread } from './hold-unread.ts'
import type { Projected } from './project.ts'

/** Ports needed to apply a batch. */
export type ApplyPorts = FoldPorts & {
  /** Resolves once everything is durable. */
  publish: (announcements: readonly Announcement[]) => Promise<void>
}

/**
 * Folds and saves a batch, then publishes the changes.
 *
 * @throws RefusedError if the store can never accept one of the documents
 * @throws DefectError if a step without I/O fails
 */
const applyOnce = async (
  partition: number,
  arrivals: readonly Arrival[],
  beginning: boolean,
  choose: ChooseAnew | null,
  ports: ApplyPorts,
): Promise<readonly Projected[]> => {
  const decided = withdrawalsBy(actsIn(arrivals))
  if (decided.length > 0) await ports.store.saveWithdrawals(decided)
  const saved = await foldBatch(partition, arrivals, choose, ports)
  const readableAt = ports.now() * 1000
  const announcements = pure(() => saved.map((each) => announcementOf(each, beginning, readableAt)))
  await ports.publish(announcements)
  await ports.store.unhold(saved.flatMap(({ unhold }) => unhold))
  const announced = saved.flatMap((each) => each.announced)
  if (announced.length > 0) await ports.store.saveTold(announced)
  return saved
}

/**
 * Applies a batch patient by patient after the store rejected a document: the events of that
 * patient are held, those of the others applied.
 */
const applyByPatient = async (
  partition: number,
  arrivals: readonly Arrival[],
  beginning: boolean,
  ports: ApplyPorts,
): Promise<readonly Projected[]> => {
  const saved: Projected[] = []
  for (const own of Map.groupBy(arrivals, ({ patient }) => patient).values()) {
    const apply = (choose: ChooseAnew | null, folds: Folds) =>
      applyOnce(partition, own, beginning, choose, { ...ports, folds })
    const applied = await apply(chooseAnew(partition, ports), ports.folds)
      .catch((cause: unknown) => {
        if (!isAboutPatient(cause)) throw cause
        return apply(null, { ...ports.folds, head: failWith(cause) })
      })
      .catch((cause: unknown) => {
        if (!isAboutPatient(cause)) throw cause
        return holdUnread(partition, own, cause, ports)
      })
    saved.push(...applied)
  }
  return saved
}

/**
 * Applies one batch of one partition. Read this function, `applyOnce` and `foldBatch` to know the
 * service.
 *
 * The caller commits offsets once it resolves. After a crash at any line the same records are
 * redelivered, and applying them again changes nothing: every fold is independent of order, and
 * every write is guarded by the version it is based on.
 *
 * @param beginning  whether the partition was just assigned to this process; see `announcementOf`
 * @throws Error if the store or the log fails, or another writer kept winning
 */
export const applyBatch = async (
  partition: number,
  arrivals: readonly Arrival[],
  beginning: boolean,
  ports: ApplyPorts,
): Promise<readonly Projected[]> => {
  const withoutPatient = arrivals.filter(({ patient }) => patient === '')
  if (withoutPatient.length > 0) {
    const parked = withoutPatient.map((arrival) =>
      parkedWithoutPatient(arrival, partition, ports.now() * 1000),
    )
    await ports.publish([{ change: null, parked, traceparent: null }])
  }
  const own = arrivals.filter(({ patient }) => patient !== '')
  try {
    return await applyOnce(partition, own, beginning, chooseAnew(partition, ports), ports)
  } catch (cause) {
    if (!isAboutPatient(cause)) throw cause
    return await applyByPatient(partition, own, beginning, ports)
  }
}

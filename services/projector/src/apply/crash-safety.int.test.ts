import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { at, event, visit, ward } from '@tideway/record/entries/histories.fixture'
import { mixed } from '@tideway/record/entries/random-histories.fixture'
import { arrivals, portsFor, readable, twoStores } from '../stack.fixture.ts'
import type { Announcement } from './announce.ts'
import { applyBatch, type ApplyPorts } from './apply.ts'
import { type Folds, folds } from './apply-events.ts'

const stores = twoStores()

/** Ports whose step of this number fails instead of running, as if the process were killed. */
const stoppedBefore = (step: number, ports: ApplyPorts): ApplyPorts => {
  let steps = 0
  const guarded =
    <A extends unknown[], R>(run: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      steps += 1
      if (steps === step) throw new Error('killed')
      return run(...args)
    }
  const { store } = ports
  return {
    ...ports,
    publish: guarded(ports.publish),
    store: {
      ...store,
      hold: guarded(store.hold),
      saveEntries: guarded(store.saveEntries),
      saveHeads: guarded(store.saveHeads),
      saveProjections: guarded(store.saveProjections),
      unhold: guarded(store.unhold),
    },
  }
}
const steps = ['hold', 'saveEntries', 'saveHeads', 'saveProjections', 'publish', 'unhold', 'commit']

test.each(steps.map((name, index) => [name, index + 1] as const))(
  'killed before %s, a redelivered batch gives the same state as without the crash, with every change published',
  async (name, step) => {
    const batch = arrivals(mixed(4, step))
    const announced: Announcement[] = []
    const publish = async (announcements: readonly Announcement[]) =>
      void announced.push(...announcements)
    const killed = applyBatch(
      0,
      batch,
      true,
      stoppedBefore(
        name === 'commit' ? Number.POSITIVE_INFINITY : step,
        portsFor(stores.stack.store, { publish }),
      ),
    )
    if (name === 'commit') await killed
    else await expect(killed).rejects.toThrow('killed')
    const smaller = Math.ceil(batch.length / 2)
    for (const part of [batch.slice(0, smaller), batch.slice(smaller)])
      await applyBatch(0, part, true, portsFor(stores.stack.store, { publish }))
    await applyBatch(0, batch, true, portsFor(stores.undisturbed.store))

    const expected = await readable(stores.undisturbed.mongo)
    const patients = new Set(batch.map(({ patient }) => patient))
    const seen = await readable(stores.stack.mongo)
    expect(seen.heads.filter(({ _id }) => patients.has(_id))).toEqual(
      expected.heads.filter(({ _id }) => patients.has(_id)),
    )
    expect(seen.entries.filter(({ patient }) => patients.has(patient))).toEqual(
      expected.entries.filter(({ patient }) => patients.has(patient)),
    )
    expect(new Set(announced.flatMap(({ change }) => change?.messages ?? []))).toEqual(
      new Set(batch.map(({ messageId }) => messageId)),
    )
  },
)

test.each(steps.map((name, index) => [name, index + 1] as const))(
  'killed before %s while events are held and released, the state is as if they had never been held',
  async (name, step) => {
    const key = `RJZ|held-${step}`
    const bodies = [
      visit('PatientAdmitted', at(1), { location: ward('A') }),
      visit('PatientTransferred', at(2), { location: ward('B') }),
      visit('PatientDischarged', at(3)),
    ]
    const events = bodies.map((body, index) =>
      event(body, index, { patientKey: key, messageId: `held-${step}-${index}` }),
    )
    const release = {
      ...event(
        { type: 'HeldEventsReleased', by: 'operator', droppedMessage: null, reason: null },
        9,
        { patientKey: key },
      ),
      messageId: 'release',
      id: 'release.0',
    }
    const known = new Map(events.map((each) => [each.messageId, each]))
    const asRecords = (of: readonly PatientEvent[], from: number) =>
      arrivals(of, from).map((arrival) => ({ ...arrival, record: Buffer.from(arrival.messageId) }))
    const broken: Folds = {
      ...folds,
      head: (before, of) => {
        if (of.messageId.endsWith('-1')) throw new TypeError('a defect')
        return folds.head(before, of)
      },
    }
    const parked: string[] = []
    const ports = portsFor(stores.stack.store, {
      decode: async (record) => known.get(record.toString()) ?? null,
      publish: async (announcements) =>
        void parked.push(
          ...announcements.flatMap((each) =>
            each.parked.map(({ messageId, state }) => `${messageId} ${state}`),
          ),
        ),
    })
    const killedThenAgain = async (batch: ReturnType<typeof arrivals>, using: ApplyPorts) => {
      const killed = applyBatch(0, batch, true, stoppedBefore(step, using))
      if (name === 'commit') await killed
      else await expect(killed).rejects.toThrow('killed')
      await applyBatch(0, batch, true, using)
    }
    await killedThenAgain(asRecords(events, 0), { ...ports, folds: broken })
    expect((await stores.stack.mongo.patients.findOne({ _id: key }))?.incomplete?.code).toBe(
      'UNEXPECTED',
    )
    expect(await stores.stack.mongo.held.countDocuments({ patient: key })).toBe(2)
    await killedThenAgain(asRecords([release], 3), ports)

    await applyBatch(0, arrivals(events), false, portsFor(stores.undisturbed.store))
    const of = ({ heads, entries }: Awaited<ReturnType<typeof readable>>) => [
      heads.filter(({ _id }) => _id === key),
      entries.filter(({ patient }) => patient === key),
    ]
    expect(of(await readable(stores.stack.mongo))).toEqual(
      of(await readable(stores.undisturbed.mongo)),
    )
    expect(await stores.stack.mongo.held.countDocuments({ patient: key })).toBe(0)
    expect(new Set(parked)).toEqual(
      new Set(
        [1, 2].flatMap((index) => [
          `held-${step}-${index} PARKED`,
          `held-${step}-${index} RELEASED`,
        ]),
      ),
    )
  },
)

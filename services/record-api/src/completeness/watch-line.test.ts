import type { LogEnds } from '@tideway/kafka/log-ends'
import { identityMark, type Watermark } from '@tideway/schemas/documents/watermark'
import { expect, test } from 'vitest'
import { judgeLine, type LineView, type WatchedTopic } from './line-view.ts'
import { lineWatch } from './watch-line.ts'

/** A log of one partition a topic and the watermarks of a store, as the test says. */
const openLine = () => {
  const state = {
    now: 1_000_000,
    end: 0,
    next: null as number | null,
    log: 'one',
    isUp: true,
    early: false,
    /** How far identity is; null: as far as the record. */
    considered: null as number | null,
    /** Called between the reading of the ends and that of the watermarks. */
    between: () => {},
  }
  const logged: string[] = []
  const watch = lineWatch({
    epoch: () => 'yes',
    now: () => state.now,
    ends: async (): Promise<LogEnds<WatchedTopic>> => {
      if (!state.isUp) throw new Error('no broker')
      const ends = {
        ...{ patientEvents: [state.end], recordChanges: [state.end] },
        ...{ rawMessages: [0], parkedMessages: [0] },
      }
      state.between()
      return { log: state.log, ends }
    },
    marks: async (): Promise<Watermark[]> =>
      state.next === null
        ? []
        : [
            {
              ...{ _id: 'patient-events.v1/0', log: 'one', next: state.next, through: null },
              at: new Date(0),
            },
            ...(['recordChanges', 'patientEvents'] as const).map((topic) => ({
              ...{
                _id: `${identityMark(topic)}/0`,
                log: 'one',
                next: state.considered ?? state.next ?? 0,
              },
              ...{ through: null, at: new Date(0) },
            })),
          ],
    hasEarly: async () => state.early,
    log: {
      info: (_: object, text: string) => void logged.push(text),
      warn: (_: object, text: string) => void logged.push(text),
    } as Parameters<typeof lineWatch>[0]['log'],
  })
  const reasons = (view: LineView = watch.view()) => judgeLine(view, state.now).reasons
  return { state, watch, logged, reasons }
}

test('before the first look nothing is claimed; an empty log and store are whole', async () => {
  const { watch, reasons } = openLine()
  expect(reasons()).toContain('log-not-reachable')
  await watch.look()
  expect([reasons(), watch.view().hasEarly]).toEqual([[], false])
})

test('a store that follows stays whole, one that stops is behind within five seconds', async () => {
  const { state, watch, reasons } = openLine()
  for (let second = 0; second < 20; second += 1) {
    state.now += 1_000
    // Records come and are applied between two looks, never all of them at one.
    state.next = state.end
    state.end += 10
    await watch.look()
    if (second > 3) expect(reasons()).toEqual([])
  }
  for (let second = 0; second < 5; second += 1) {
    state.now += 1_000
    await watch.look()
  }
  expect(reasons()).toEqual(['projection-behind'])
  state.next = state.end
  await watch.look()
  // Identity is known to have considered it one look later.
  await watch.look()
  expect(reasons()).toEqual([])
})

test('what is applied after the ends were read does not count against the log', async () => {
  const { state, watch, reasons } = openLine()
  state.next = 5
  state.end = 5
  state.between = () => {
    state.end += 3
    state.next = state.end
  }
  for (let times = 0; times < 3; times += 1) {
    state.now += 1_000
    await watch.look()
    expect(watch.view().belongs).toBe('yes')
    expect(reasons()).toEqual([])
  }
})

test('a log that cannot be reached is said once, and leaves the last view to grow old', async () => {
  const { state, watch, logged, reasons } = openLine()
  await watch.look()
  state.isUp = false
  for (let second = 0; second < 6; second += 1) {
    state.now += 1_000
    await watch.look()
  }
  expect(reasons()).toEqual(['log-not-reachable'])
  expect(logged).toEqual(['completeness cannot be checked'])
  state.isUp = true
  await watch.look()
  expect([reasons(), logged.length]).toEqual([[], 2])
})

test('a log made anew, shorter than the store or of another cluster, is not the log of the store', async () => {
  const { state, watch, reasons } = openLine()
  state.next = 8
  state.end = 8
  await watch.look()
  expect(reasons()).toEqual([])
  state.end = 2
  await watch.look()
  expect(reasons()).toEqual(['store-not-of-log'])
  state.end = 50
  state.log = 'another'
  await watch.look()
  expect(reasons()).toContain('store-not-of-log')
})

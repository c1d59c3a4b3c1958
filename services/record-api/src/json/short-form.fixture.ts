import { summaryNotShown } from './not-shown.ts'
import { allergyLines } from '@tideway/record/summary/allergy-lines'
import type { Entry } from '@tideway/schemas/documents/entry'
import { expect } from 'vitest'
import { AnyEntry, entryOf } from './any-entry.ts'
import { eventsOf, hl7, receivedAs } from './said-later.fixture.ts'
import { answerOf } from './schema/stored-answer.fixture.ts'
import { Summary } from './schema/summary.ts'
import { summaryOf } from './summary.ts'
import { Whereabouts, whereaboutsOf } from './where-now.ts'
import { type Documents, stored } from './withdrawn-record.fixture.ts'

const answer = answerOf<Summary>(Summary)
const answerEntry = answerOf<AnyEntry>(AnyEntry)

export const pid = 'PID|1||1002003^^^X99^MR||TESTCASE^ADA||19700101|F'

const admits: ReadonlySet<string> = new Set(['A01', 'A04'])

/** ADT of the visit V1 unless another PV1 is among the segments. */
export const adt = (trigger: string, at: string, ...segments: string[]): string =>
  hl7(
    `ADT^${trigger}`,
    at,
    `${trigger}${at}${segments.length}`,
    `EVN|${trigger}|${at}`,
    pid,
    ...(segments.some((one) => one.startsWith('PV1'))
      ? []
      : [`PV1|1|I|W1^1^1||||||||||||||||V1${'|'.repeat(25)}${admits.has(trigger) ? at : ''}`]),
    ...segments,
  )

export const subject = {
  identifier: { system: 'https://x99.example/id/patient', value: '1002003' },
}

export const clinical = (code: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code }],
})
/** An allergy that stands, as FHIR requires it to be said. */
export const active = { clinicalStatus: clinical('active') }

/** What is stored after these messages, in this order of receipt. */
export const storedAfter = (...messages: (string | object)[]): Documents =>
  stored(...messages.map((message, nth) => eventsOf(message, receivedAs(nth))))

/** The summary of what is stored. */
export const summaryIn = ({ heads }: Documents, now = new Date('2026-11-30T12:00:00Z')): Summary =>
  answer({
    ...summaryOf([...heads.values()], new Map(), now),
    notShown: summaryNotShown([...heads.values()], []),
  })

/** The summary after these messages; the same in the other order of receipt. */
export const summaryAfter = (...messages: (string | object)[]): Summary => {
  const summary = summaryIn(storedAfter(...messages))
  const events = messages.map((message, nth) => eventsOf(message, receivedAs(nth)))
  const inReverse = summaryIn(stored(...events.toReversed()))
  const lines = ({ allergies, problems, medicines, alerts, reports }: Summary) =>
    [allergies, problems, medicines, alerts, reports].map((section) =>
      (section.lines as { lastReceivedAt?: string }[]).map(
        ({ lastReceivedAt: _, ...line }) => line,
      ),
    )
  expect(lines(inReverse)).toEqual(lines(summary))
  return summary
}

/** The entries of a kind as answers, with what the heads say of allergies. */
export const entriesIn = ({ heads, entries }: Documents, kind: Entry['kind']) => {
  const allergies = allergyLines([...heads.values()])
  return [...entries.values()]
    .filter((entry) => entry.kind === kind)
    .toSorted((a, b) => b.sortAt.getTime() - a.sortAt.getTime() || (a._id < b._id ? -1 : 1))
    .map((entry) => answerEntry(entryOf(entry, { archive: new Map(), allergies })))
}

const answerWhere = answerOf<Whereabouts>(Whereabouts)

export const whereIn = ({ heads }: Documents): Whereabouts | undefined =>
  whereaboutsOf([...heads.values()], new Map()).map((one) => answerWhere(one))[0]

export const texts = ({ lines }: { lines: readonly { text: string }[] }): string[] =>
  lines.map(({ text }) => text)

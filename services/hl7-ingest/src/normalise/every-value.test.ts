import { type Hl7Message, used } from '@tideway/hl7v2/lexer/message'
import { headerOf, readMessage } from '@tideway/hl7v2/lexer/header'
import { placesOf, unreadIn } from '@tideway/hl7v2/lexer/unread-content'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withLooseNotes } from '../composites/notes/loose-notes.ts'
import { identifiedPatients } from '../groups/identified-patients.ts'
import { isClinical } from '../tables/administrative-content.ts'
import { fieldTypes } from './data-types.fixture.ts'
import { anyMessage, type Marked, markedMessage, sampleTexts } from './every-value.fixture.ts'
import type { Context, Hl7DraftEvent } from './mapping.ts'
import { given, mappings, x99 } from './normalise.fixture.ts'

/** More with EVERY_VALUE_RUNS. */
const numRuns = Number(process.env['EVERY_VALUE_RUNS'] ?? 600)

const isWithin = (place: string, around: string): boolean =>
  place === around || (place.startsWith(around) && /[-.[]/.test(place[around.length] ?? ''))

/** Values of a message that are in no event and in no place that was left unread. */
const lostOf = (
  { markers }: Marked,
  drafts: readonly Hl7DraftEvent[],
  message: Hl7Message,
): string[] => {
  const said = `${JSON.stringify(drafts)} ${drafts.flatMap(({ attachments }) => attachments.map(({ bytes }) => bytes.toString())).join(' ')}`
  const left = new Set(unreadIn(message).flatMap(placesOf))
  const isLeft = (place: string) => [...left].some((around) => isWithin(place, around))
  return markers
    .filter(({ place, shown }) => !shown.some((one) => said.includes(one)) && !isLeft(place))
    .map(({ name }) => name)
}

const mapped = (text: string) => {
  const message = readMessage(Buffer.from(text), 'utf-8', x99.hl7) as Hl7Message
  const mapping = mappings.types.get(headerOf(message).type ?? '')
  const context: Context = {
    source: x99,
    messageId: 'm1',
    production: false,
    fixes: [],
    times: new Map(),
  }
  const known = identifiedPatients(message, mapping?.patients, context)
  const drafts = withLooseNotes(known, mapping?.toEvents(known, context) ?? [], context)
  return { message, known, drafts }
}

test('every value of a message is in an event, or left unread at its place', () => {
  fc.assert(
    fc.property(anyMessage, ({ sample, seed }) => {
      const marked = markedMessage(sample, seed)
      if (given(marked.text).events.length === 0) return
      const { message, drafts } = mapped(marked.text)
      expect(lostOf(marked, drafts, message)).toEqual([])
    }),
    { numRuns },
  )
})

test('what is left unread of clinical content is counted with the events of its patient', () => {
  fc.assert(
    fc.property(anyMessage, ({ sample, seed }) => {
      const { text } = markedMessage(sample, seed)
      const { events, type } = given(text)
      if (events.length === 0) return
      const { known } = mapped(text)
      const code = type?.split('^')[0] ?? null
      const left = unreadIn(known)
        .filter((one) => isClinical(one, code))
        .flatMap(placesOf)
      const counted = events.reduce((sum, { notShown }) => sum + (notShown?.count ?? 0), 0)
      const isOfOne = new Set(events.map(({ patientKey }) => patientKey)).size === 1
      if (isOfOne) expect(counted).toBe(left.length)
      else expect(counted).toBeGreaterThanOrEqual(left.length)
      for (const { notShown } of events)
        for (const place of notShown?.places ?? []) expect(left).toContain(place)
    }),
    { numRuns: numRuns / 5 },
  )
})

/** Those of the envelope, and of the sender's own segments. */
const notGenerated = /^(MSH|Z(?!DS))/

test('every field that a mapping reads of a sample is among those generated', () => {
  const missing = sampleTexts
    .filter((text) => given(text).events.length > 0)
    .flatMap((text) => {
      const { message } = mapped(text)
      return message.segments.flatMap(({ name, base, fields }) =>
        fields.flatMap((_, field) =>
          message.marks[base + field] === used && field > (fieldTypes.get(name)?.length ?? 0)
            ? [`${name}-${field}`]
            : [],
        ),
      )
    })
  expect(missing.filter((name) => !notGenerated.test(name))).toEqual([])
})

test('most generated messages are mapped', () => {
  const outcomes = fc
    .sample(anyMessage, { numRuns: 200, seed: 1 })
    .map(({ sample, seed }) => given(markedMessage(sample, seed).text).events.length > 0)
  expect(outcomes.filter((isMapped) => isMapped).length).toBeGreaterThan(120)
})

import type { Document, Entry } from '@tideway/schemas/documents/entry'
import { type DocumentReported, type PatientEvent, unsaid } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { read, system } from '@tideway/fhir-ingest/sender.fixture'
import { arrivalsOfEvents } from './arrival.fixture.ts'
import { folds } from './apply-events.ts'
import { propagateConfidentiality } from './propagate-confidentiality.ts'
import { event, patient } from '@tideway/record/entries/histories.fixture'
import { shuffled } from '@tideway/record/entries/random-histories.fixture'
import { type LoadedDocuments, project } from './project.ts'

const documentOf = (entry: Entry) => entry.data as Document

/**
 * Stored documents after these events, in batches of this size; each batch loads only the documents
 * it touches.
 */
const storedAfter = async (
  events: readonly PatientEvent[],
  batch: number,
): Promise<Map<string, Entry>> => {
  const stored = new Map<string, Entry>()
  const inheritors = async (of: readonly { patient: string; documentId: string }[]) =>
    [...stored.values()].filter((entry) =>
      of.some(({ documentId }) =>
        [documentOf(entry).replaces, documentOf(entry).addsTo].includes(documentId),
      ),
    )
  for (let from = 0; from < events.length; from += batch) {
    const arrivals = arrivalsOfEvents(events.slice(from, from + batch), from, patient)
    const ids = arrivals
      .flatMap(({ event: { body } }) =>
        body.type === 'DocumentReported' ? [body.documentId, body.parentId] : [],
      )
      .map((id) => `${patient}|document|${id}`)
    const loaded: LoadedDocuments = {
      heads: new Map(),
      entries: new Map([...stored].filter(([id]) => ids.includes(id))),
      applied: new Map(),
      held: new Map(),
    }
    for (const { entries, followers } of await propagateConfidentiality(
      project(0, arrivals, loaded, folds, new Date(0)),
      loaded.entries,
      { inheritors },
    ))
      for (const entry of [...followers, ...entries]) stored.set(entry._id, entry)
  }
  return stored
}

const wordsOf = (stored: ReadonlyMap<string, Entry>) =>
  Object.fromEntries(
    [...stored.values()].map((entry) => [
      documentOf(entry).documentId,
      [documentOf(entry).confidentiality, documentOf(entry).confidentialityFrom],
    ]),
  )
type PartialDocument = Partial<DocumentReported> & { documentId: string }
const documentsReported = (...documents: PartialDocument[]) =>
  documents.map((document, sent) =>
    event({ ...unsaid.DocumentReported(), ...document }, sent, { place: 'TXA[1]' }),
  )

const original = { documentId: 'D1', trigger: 'ORIGINAL', confidentiality: 'V' }
const replacement = { documentId: 'D2', trigger: 'REPLACEMENT', parentId: 'D1' }
const addendum = { documentId: 'D3', trigger: 'ADDENDUM', parentId: 'D2' }

test.each([1, 2, 3])(
  'a replacement and an addendum without confidentiality inherit that of their parent, in batches of %i',
  async (batch) => {
    const expected = { D1: ['V', undefined], D2: ['V', 'D1'], D3: ['V', 'D2'] }
    expect(
      wordsOf(await storedAfter(documentsReported(original, replacement, addendum), batch)),
    ).toEqual(expected)
    expect(
      wordsOf(await storedAfter(documentsReported(addendum, replacement, original), batch)),
    ).toEqual(expected)
  },
)

test('its own confidentiality takes precedence, and a status change without a parent keeps the inherited one', async () => {
  expect(
    wordsOf(
      await storedAfter(documentsReported(original, { ...replacement, confidentiality: 'U' }), 1),
    ),
  ).toMatchObject({ D2: ['U', undefined] })
  expect(
    wordsOf(
      await storedAfter(
        documentsReported(original, replacement, { documentId: 'D2', trigger: 'STATUS_CHANGED' }),
        1,
      ),
    ),
  ).toMatchObject({ D2: ['V', 'D1'] })
})

test('a document that arrives with the confidentiality of its grandparent inherits it too', async () => {
  const events = documentsReported(
    { ...original, confidentiality: null },
    { ...replacement, trigger: 'ADDENDUM' },
    { documentId: 'D1', trigger: 'ORIGINAL', confidentiality: 'V' },
    { documentId: 'D3', trigger: 'REPLACEMENT', parentId: 'D2' },
  )
  expect(wordsOf(await storedAfter(events, 2))).toEqual({
    D1: ['V', undefined],
    D2: ['V', 'D1'],
    D3: ['V', 'D2'],
  })
})

test('a document sent again without its parent keeps its confidentiality', async () => {
  expect(
    wordsOf(
      await storedAfter(
        documentsReported(original, replacement, { ...replacement, parentId: null }),
        1,
      ),
    ),
  ).toMatchObject({ D2: ['V', 'D1'] })
})

test('a document that inherits from one whose parent turns out to be another inherits anew', async () => {
  const events = documentsReported(
    { documentId: 'D4', trigger: 'REPLACEMENT', parentId: 'D2' },
    { documentId: 'D2', trigger: 'ORIGINAL', confidentiality: 'V' },
    { documentId: 'D5', trigger: 'REPLACEMENT', parentId: 'D4' },
    { documentId: 'D4', trigger: 'REPLACEMENT', parentId: 'D1' },
  )
  const expected = { D2: ['V', undefined], D4: [null, undefined], D5: [null, undefined] }
  const [d4, d2, d5, moved] = events as [PatientEvent, PatientEvent, PatientEvent, PatientEvent]
  for (const order of [events, [d2, d4, d5, moved], [d5, d2, moved, d4]])
    for (const batch of [1, 2, 4])
      expect(wordsOf(await storedAfter(order, batch))).toEqual(expected)
})

/** Documents whose parent has a lower number, several versions of each. */
const histories = fc
  .array(
    fc.record({
      number: fc.integer({ min: 1, max: 5 }),
      to: fc.integer({ min: 0, max: 4 }),
      trigger: fc.constantFrom('ORIGINAL', 'REPLACEMENT', 'ADDENDUM', 'STATUS_CHANGED'),
      confidentiality: fc.constantFrom('V', 'R', null, null),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) =>
    all.map(({ number, to, ...document }, sent) =>
      event(
        {
          ...unsaid.DocumentReported(),
          ...document,
          documentId: `D${number}`,
          parentId: to > 0 && to < number ? `D${to}` : null,
        },
        sent,
        { place: 'TXA[1]' },
      ),
    ),
  )

const foundBefore = {
  seed: -1239270869,
  path: '32:2:4:7:9:10:10:10:13:13:13:22:27:27:0',
}

test.each([{}, foundBefore])(
  'any order and repetition, in batches of any size, gives the same confidentiality',
  async (from) => {
    await fc.assert(
      fc.asyncProperty(
        histories.chain((events) =>
          fc.tuple(fc.constant(events), shuffled(events), fc.integer({ min: 1, max: 5 })),
        ),
        async ([events, other, batch]) => {
          expect(wordsOf(await storedAfter(other, batch))).toEqual(
            wordsOf(await storedAfter(events, events.length)),
          )
        },
      ),
      { numRuns: 500, ...from },
    )
  },
)

test.each([1, 3])(
  'a FHIR document inherits the confidentiality of the one it replaces or adds to, in batches of %i',
  async (batch) => {
    const document = (number: string, more: object) => ({
      resourceType: 'DocumentReference',
      status: 'current',
      masterIdentifier: { value: number },
      subject: { identifier: { system: system('X99'), value: '1' } },
      content: [{ attachment: { data: 'U2Vlbi4=' } }],
      ...more,
    })
    const to = (code: string, value: string) => ({
      relatesTo: [{ code, target: { identifier: { value } } }],
    })
    const sent = [
      document('D1', { securityLabel: [{ coding: [{ code: 'V' }] }] }),
      document('D2', to('replaces', 'D1')),
      document('D3', to('appends', 'D2')),
    ]
    const events = sent.flatMap((one, minute) =>
      read(one).events.map((of) => ({
        ...of,
        patientKey: patient,
        receivedAt: of.receivedAt + minute,
      })),
    )
    const expected = { D1: ['V', undefined], D2: ['V', 'D1'], D3: ['V', 'D2'] }
    const stored = await storedAfter(events, batch)
    expect(wordsOf(stored)).toEqual(expected)
    expect(wordsOf(await storedAfter(events.toReversed(), batch))).toEqual(expected)
    expect(
      [...stored.values()].map((entry) => [documentOf(entry).documentId, documentOf(entry).status]),
    ).toContainEqual(['D1', 'superseded'])
  },
)

import type { LoadedDocuments, Projected } from '../apply/project.ts'
import { type Arrival, eventOf } from '../apply/arrival.ts'
import type { FoldPorts } from '../apply/fold-batch.ts'
import { actOf } from '../history/acts.ts'
import { messageOf } from '../history/told.ts'
import { decisionsIn, messagesDecided } from '../identity/decisions.ts'
import { messagesByPerson, type People, peopleBy } from '../identity/generations.ts'
import { type NumberHistory, numberHistory, type PartOfBatch } from './number-history.ts'
import { remakePatient } from './remake-patient.ts'
import { generationKeyOf } from '@tideway/schemas/public-id'

type Wanted = PartOfBatch & { partition: number; loaded: LoadedDocuments }

type Before = Wanted['before']

/** The part of a number's history, and of a batch, that is about one of the people who have it. */
const partOf = (
  generation: number,
  byPerson: ReadonlyMap<string, number>,
  { patient: number, own, before }: Wanted,
  history: NumberHistory,
): { patient: string; own: Arrival[]; before: Before; history: NumberHistory } => {
  const patient = generationKeyOf(number, generation)
  const isHis = (message: string): boolean => (byPerson.get(message) ?? 1) === generation
  const hisOwn = (arrival: Arrival): Arrival =>
    generation === 1
      ? arrival
      : { ...arrival, patient, event: arrival.event && eventOf(arrival.event, patient) }
  const his = (arrivals: readonly Arrival[]): Arrival[] =>
    arrivals.filter(({ messageId }) => isHis(messageId)).map(hisOwn)
  const asSent = own.filter(({ messageId }) => isHis(messageId))
  const pairs = asSent.map((arrival) => [arrival, hisOwn(arrival)] as const)
  return {
    patient,
    own: pairs.map(([, one]) => one),
    before: new Map(
      pairs.flatMap(([arrival, one]) => {
        const event = before.get(arrival)
        return event === undefined ? [] : [[one, event] as const]
      }),
    ),
    history: {
      ...history,
      changed: history.changed.filter((one) => isHis(messageOf(one))),
      known: his(history.known),
      late: his(history.late),
      wrong: generation === 1 ? history.wrong : [],
    },
  }
}

/** Messages that are one person's by decisions. */
const acceptedOf = (
  generation: number,
  { later, joined }: People,
  decidedSame: ReadonlySet<string>,
): ReadonlySet<string> =>
  new Set([
    ...decidedSame,
    ...(generation === 1 ? joined : []),
    ...(later.find((one) => one.generation === generation)?.messages ?? []),
  ])

/**
 * Makes the documents of everybody who has a number anew; nearly always that is one. What a
 * steward decided about the number says who they are, and what each message says which of them it
 * is about, so that a decision taken back leaves nothing behind.
 *
 * @throws RefusedError if an event of the history cannot be read
 */
export const remakeNumber = async (wanted: Wanted, ports: FoldPorts): Promise<Projected[]> => {
  const { patient: number, own, acts } = wanted
  const stored = await ports.store.everythingOf(number)
  const history = await numberHistory(stored.told, wanted, ports)
  const now = own.filter((arrival) => actOf(arrival) === null)
  const all = [...history.known, ...history.late, ...now].toSorted((a, b) => a.offset - b.offset)
  const decisions = decisionsIn(all)
  const people = peopleBy(number, decisions, all)
  const byPerson = messagesByPerson(people, all)
  const decidedSame = messagesDecided(decisions, 'SAME_PERSON')
  const made: Projected[] = []
  for (let generation = 1; generation <= people.count; generation += 1) {
    const part = partOf(generation, byPerson, wanted, history)
    made.push(
      await remakePatient(
        {
          ...wanted,
          ...part,
          acts: generation === 1 ? acts : [],
          stored: generation === 1 ? stored : await ports.store.everythingOf(part.patient),
          decisions,
          accepted: acceptedOf(generation, people, decidedSame),
          later: generation === 1 ? people.later.map(({ messages: _, ...one }) => one) : [],
        },
        ports,
      ),
    )
  }
  return made
}

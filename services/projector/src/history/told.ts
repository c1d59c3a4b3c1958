import type { Projection, ToldRecord } from '@tideway/schemas/documents/ledger'
import { generationOf, numberKeyOf } from '@tideway/schemas/public-id'

/** Bytes of events in one document, so that no document is over 256 KB. */
const pieceBytes = 200_000

/** What is recorded of a message and a patient besides its events. */
export type Recorded = {
  patient: string
  message: string
  /** Microseconds. */
  received: number
  projectedAt: Date
  pending: NonNullable<Projection['pending']> | null
  decidedAt?: number | undefined
}

/** Number of an event in its message. */
const numberOf = ({ event }: ToldRecord): number => Number(event.slice(event.lastIndexOf('.') + 1))

const sliced = (told: ToldRecord): ToldRecord[] =>
  Array.from({ length: Math.max(1, Math.ceil(told.record.length / pieceBytes)) }, (_, index) => ({
    ...told,
    record: told.record.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  }))

/** Events in documents; most messages fit into one. */
const inPieces = (told: readonly ToldRecord[]): ToldRecord[][] => {
  if (told.reduce((sum, { record }) => sum + record.length, 0) <= pieceBytes) return [[...told]]
  const pieces: ToldRecord[][] = [[]]
  let size = 0
  for (const slice of told.flatMap(sliced)) {
    if (size > 0 && size + slice.record.length > pieceBytes) {
      pieces.push([])
      size = 0
    }
    pieces.at(-1)?.push(slice)
    size += slice.record.length
  }
  return pieces
}

/** `_id` of the further pieces of what a message told of a patient. */
export const pieceIdsOf = ({ _id, pieces = 0 }: Pick<Projection, '_id' | 'pieces'>): string[] => {
  const end = _id.indexOf('|')
  return Array.from(
    { length: pieces },
    (_, index) => `${_id.slice(0, end)}#${index + 1}${_id.slice(end)}`,
  )
}

/** The documents that record what a message told of a patient: one, and further pieces of it. */
export const documentsOf = (
  { patient, message, received, projectedAt, pending, decidedAt }: Recorded,
  told: readonly ToldRecord[],
): Projection[] => {
  const [first = [], ...rest] = inPieces(told.toSorted((a, b) => numberOf(a) - numberOf(b)))
  const generation = generationOf(patient)
  const number = numberKeyOf(patient)
  const common = {
    received,
    projectedAt,
    patient: number,
    ...(generation === 1 ? {} : { generation }),
  }
  const main: Projection = {
    _id: `${message}|${number}`,
    ...common,
    told: first,
    ...(rest.length === 0 ? {} : { pieces: rest.length }),
    ...(decidedAt === undefined ? {} : { decidedAt }),
    ...(pending === null ? {} : { pending }),
  }
  if (rest.length === 0) return [main]
  const ids = pieceIdsOf(main)
  return [
    main,
    ...rest.map((piece, index) => ({
      _id: ids[index] as string,
      ...common,
      told: piece,
      piece: index + 1,
    })),
  ]
}

/** Pieces of one event joined. */
const joined = (told: readonly ToldRecord[]): ToldRecord[] => {
  const whole: ToldRecord[] = []
  for (const piece of told) {
    const last = whole.at(-1)
    if (last?.event === piece.event)
      whole[whole.length - 1] = { ...last, record: Buffer.concat([last.record, piece.record]) }
    else whole.push(piece)
  }
  return whole
}

/** What messages told, each whole, from its documents in any order. */
export const wholeOf = (documents: readonly Projection[]): Projection[] => {
  const byId = new Map(documents.map((document) => [document._id, document]))
  return documents
    .filter(({ piece }) => piece === undefined)
    .map((main) => {
      const rest = pieceIdsOf(main).flatMap((id) => byId.get(id)?.told ?? [])
      return main.told === undefined ? main : { ...main, told: joined([...main.told, ...rest]) }
    })
}

/** Message of a document, of a further piece too. */
export const messageIn = ({ _id }: Pick<Projection, '_id'>): string =>
  messageOf({ _id }).replace(/#\d+$/, '')

export const messageOf = ({ _id }: Pick<Projection, '_id'>): string =>
  _id.slice(0, _id.indexOf('|'))

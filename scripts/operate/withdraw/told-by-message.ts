import type { OperatorStores } from '../open-line.ts'

/** What the record has of one message for one patient. */
export type ToldOfPatient = {
  patient: string
  /** Ids of its events; null: an earlier release applied them, and did not record which. */
  events: string[] | null
  /** When the last act about it was carried out, microseconds. */
  decidedAt: number | null
}

/** What the record has of one message, by patient, whatever its sender's file says now. */
export const toldByMessage = async (
  { mongo }: Pick<OperatorStores, 'mongo'>,
  message: string,
): Promise<ToldOfPatient[]> => {
  // From the further pieces, `<message>#`, to the end of `<message>|`.
  const documents = await mongo.projections
    .find(
      { _id: { $gte: `${message}#`, $lt: `${message}}` } },
      { projection: { 'told.event': 1, decidedAt: 1 } },
    )
    .toArray()
  const byPatient = Map.groupBy(documents, ({ _id }) => _id.slice(_id.indexOf('|') + 1))
  return [...byPatient].map(([patient, pieces]) => ({
    patient,
    events: pieces.some(({ told }) => told === undefined)
      ? null
      : [...new Set(pieces.flatMap(({ told = [] }) => told.map(({ event }) => event)))],
    decidedAt: pieces.find(({ decidedAt }) => decidedAt !== undefined)?.decidedAt ?? null,
  }))
}

/** Whether the database was begun by a release that did not record what messages told. */
export const isOfEarlierRelease = async ({
  mongo,
}: Pick<OperatorStores, 'mongo'>): Promise<boolean> =>
  (await mongo.projections.findOne(
    { patient: null as unknown as string },
    { projection: { _id: 1 } },
  )) !== null

import type { Mongo } from '@tideway/mongo/client'
import { barOf, textTable } from '../operate/client/table.ts'

type Row = {
  type: string
  outcome: 'in the record' | 'parked' | 'given up' | 'refused, kept'
  code: string | null
  place: string | null
  count: number
}

/** Ledger entries counted by type, outcome and reason. */
export const countLedger = async (mongo: Mongo): Promise<Row[]> => {
  const groups = await mongo.messages
    .aggregate<{
      _id: {
        type: string | null
        state: string | null
        code: string | null
        place: string | null
        answered: string
      }
      count: number
    }>([
      {
        $group: {
          _id: {
            type: '$type',
            state: '$parked.state',
            code: '$parked.code',
            place: '$parked.place',
            answered: '$answered',
          },
          count: { $sum: 1 },
        },
      },
    ])
    .toArray()
  return groups.map(({ _id, count }) => {
    const isParked = _id.state === 'PARKED'
    const unparked =
      _id.state == null && ['AR', 'CR'].includes(_id.answered) ? 'refused, kept' : 'in the record'
    const outcome = isParked ? 'parked' : _id.state === 'DROPPED' ? 'given up' : unparked
    return {
      type: _id.type ?? 'no type',
      outcome,
      code: isParked ? (_id.code ?? null) : null,
      place: isParked ? (_id.place ?? null) : null,
      count,
    }
  })
}

const sum = (rows: readonly Row[]) => rows.reduce((total, row) => total + row.count, 0)
const shownTypes = 14

/**
 * Messages by type: how many are in the record and how many are waiting. Rare types share one line.
 */
export const typesTable = (rows: readonly Row[]): string => {
  const types = [...Map.groupBy(rows, ({ type }) => type)]
    .map(([type, own]) => ({ type, own }))
    .sort((a, b) => sum(b.own) - sum(a.own))
  const rare = types.slice(shownTypes)
  const lines =
    types.length <= shownTypes + 1
      ? types
      : [
          ...types.slice(0, shownTypes),
          { type: `${rare.length} other types`, own: rare.flatMap(({ own }) => own) },
        ]
  const most = Math.max(...lines.map(({ own }) => sum(own)), 1)
  const count = (own: readonly Row[], outcome: Row['outcome']) =>
    sum(own.filter((row) => row.outcome === outcome))
  return textTable(
    [
      { name: 'type' },
      { name: 'messages', right: true },
      { name: '' },
      { name: 'in the record', right: true },
      { name: 'parked', right: true },
    ],
    lines.map(({ type, own }) => [
      type,
      String(sum(own)),
      barOf(Math.sqrt(sum(own)), Math.sqrt(most), 30),
      String(count(own, 'in the record')),
      String(count(own, 'parked')),
    ]),
  )
}

const shownReasons = 12

/** Parked messages by code and place, never a value. Null if there are none. */
export const parkedTable = (rows: readonly Row[]): string | null => {
  const reasons = [
    ...Map.groupBy(
      rows.filter((row) => row.outcome === 'parked'),
      ({ code, place }) => `${code}\t${place}`,
    ).values(),
  ].sort((a, b) => sum(b) - sum(a))
  if (reasons.length === 0) return null
  const rest = reasons.slice(shownReasons)
  const most = sum(reasons[0] as Row[])
  const cells = reasons
    .slice(0, shownReasons)
    .map((own) => [
      own[0]?.code ?? '',
      own[0]?.place ?? '',
      String(sum(own)),
      barOf(Math.sqrt(sum(own)), Math.sqrt(most), 30),
    ])
  const more =
    rest.length === 0 ? [] : [['others', `${rest.length} places`, String(sum(rest.flat())), '']]
  return textTable(
    [{ name: 'parked because' }, { name: 'at' }, { name: 'messages', right: true }, { name: '' }],
    [...cells, ...more],
  )
}

import { textTable } from '../../../operate/client/table.ts'
import type { Grown } from '../growth.ts'
import type { Row } from '../measure.ts'
import { micros, number, right } from './format.ts'

export const ackTable = (title: string, rows: readonly Row[] | undefined): string[] =>
  rows === undefined
    ? []
    : [
        `  ${title}`,
        textTable(
          [
            { name: '' },
            right('connections'),
            right('acknowledged/s'),
            right('p50 ms'),
            right('p95'),
            right('p99'),
            { name: 'CPU µs a message' },
          ],
          rows.map((row) => [
            row.what,
            String(row.connections),
            number(row.perSecond),
            number(row.p50, 1),
            number(row.p95, 1),
            number(row.p99, 1),
            micros(row.cpuMicros),
          ]),
        ),
        '',
      ]

export const grownTable = (title: string, rows: readonly Grown[] | undefined): string[] =>
  rows === undefined
    ? []
    : [
        `  ${title}`,
        textTable(
          [
            right('size'),
            right('messages/s'),
            right('wire to readable p50 ms'),
            right('p95'),
            right('record read ms'),
            { name: 'CPU µs a message' },
          ],
          rows.map((row) => [
            number(row.size),
            number(row.perSecond),
            number(row.wireP50),
            number(row.wireP95),
            number(row.recordMs),
            micros(row.cpuMicros),
          ]),
        ),
        '',
      ]

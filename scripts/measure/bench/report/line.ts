import { textTable } from '../../../operate/client/table.ts'
import { type FhirLine, perCore } from '../fhir-line.ts'
import type { Results } from '../results.ts'
import { micros, number, right } from './format.ts'

/** Processor share of each process at the sustained rate. */
export const binding = ({ sustained, machine }: Results): string[] => {
  if (sustained === undefined) return []
  const shares = Object.entries(sustained.at.cpuMicros).map(([name, value]): [string, number] => [
    name,
    (value * sustained.at.perSecond) / 1e6,
  ])
  const total = shares.reduce((sum, [, share]) => sum + share, 0)
  const rows = shares
    .filter(([, share]) => share >= 0.01)
    .sort((a, b) => b[1] - a[1])
    .map(([name, share]) => [
      name,
      `${Math.round(share * 100)} %`,
      number(sustained.at.residentMiB[name]),
    ])
  return [
    `  What binds at ${number(sustained.perSecond)}/s: ${Math.round(total * 100)} % of ${machine.cores * 100} % processor`,
    textTable([{ name: 'process' }, right('processor'), right('memory MiB')], rows),
    '',
  ]
}

export const latencyLines = ({ latency, defaultStore, store }: Results): string[] => {
  const all = [
    ...(latency === undefined ? [] : [{ ...latency, store }]),
    ...(defaultStore === undefined
      ? []
      : [{ ...defaultStore.latency, store: defaultStore.store, fromOutside: null }]),
  ]
  if (all.length === 0) return []
  return [
    '  At half the sustained rate, from the socket write',
    textTable(
      [
        { name: 'store' },
        right('messages/s'),
        right('ACK p50 ms'),
        right('p99'),
        right('readable p50'),
        right('p95'),
        right('p99'),
        right('polled from outside p50'),
        right('p95'),
      ],
      all.map(({ store: name, rate, row, readable: { quantiles }, fromOutside }) => [
        name,
        number(rate),
        number(row.p50, 1),
        number(row.p99, 1),
        number(quantiles?.p50),
        number(quantiles?.p95),
        number(quantiles?.p99),
        number(fromOutside?.p50),
        number(fromOutside?.p95),
      ]),
    ),
    '',
  ]
}

export const fhirLineLines = (line: FhirLine | null | undefined): string[] =>
  line == null
    ? []
    : [
        textTable(
          [
            {
              name: `FHIR, request to record: ${line.bundles} Bundles, ${number(line.resources)} resources, ${line.connections} connections`,
            },
            right(''),
          ],
          [
            ['answered, resources/s', number(line.answeredPerSecond)],
            [
              'readable, resources/s',
              `${number(line.readablePerSecond)}${line.unread === 0 ? '' : ` (${line.unread} Bundles NOT read)`}`,
            ],
            ['the last readable after the last answer, ms', number(line.behindMs)],
            ['not taken', number(line.notTaken)],
            ['answer p50, p99, ms', `${number(line.answerMs?.p50)}, ${number(line.answerMs?.p99)}`],
            ['resources/s a core of fhir-ingest', number(perCore(line, 'fhir-ingest'))],
            ['resources/s a core of the whole line', number(perCore(line, 'whole line'))],
          ],
        ),
        `  CPU µs a resource: ${micros(line.cpuMicros)}`,
        '',
      ]

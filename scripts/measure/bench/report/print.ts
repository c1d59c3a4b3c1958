import { textTable } from '../../../operate/client/table.ts'
import { goals } from '../goals.ts'
import { type FhirLine, perCore } from '../fhir-line.ts'
import type { Grown } from '../growth.ts'
import type { Row } from '../measure.ts'
import type { Results } from '../results.ts'

const number = (value: number | null | undefined, digits = 0) =>
  value == null || Number.isNaN(value)
    ? '–'
    : value.toLocaleString('en-GB', {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      })
const right = (name: string) => ({ name, right: true })

const micros = (cpu: Record<string, number>): string =>
  Object.entries(cpu)
    .filter(([, value]) => value >= 5)
    .sort((a, b) => b[1] - a[1])
    .map(([name, value]) => `${name} ${Math.round(value)}`)
    .join(', ')

const ackTable = (title: string, rows: readonly Row[] | undefined): string[] =>
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

const grownTable = (title: string, rows: readonly Grown[] | undefined): string[] =>
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

/** Which processes had the processor while the sustained rate was held. */
const binding = ({ sustained, machine }: Results): string[] => {
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

const latencyLines = ({ latency, defaultStore, store }: Results): string[] => {
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

const aloneLines = ({
  sustained,
  brokerAlone,
  storeAlone,
  normalise,
  defaultStore,
}: Results): string[] => {
  const rows: [string, string][] = [
    ...(sustained === undefined
      ? []
      : [
          [
            'end to end, the record keeping up',
            number(sustained.perSecond) + (sustained.held ? '' : ' (NOT held)'),
          ] as [string, string],
        ]),
    ...(defaultStore === undefined
      ? []
      : [
          [`the same on ${defaultStore.store}`, number(defaultStore.sustained.perSecond)] as [
            string,
            string,
          ],
        ]),
    ...(brokerAlone?.rows.map(({ callers, perSecond }): [string, string] => [
      `broker alone, the same records and grouping, ${callers} callers`,
      number(perSecond),
    ]) ?? []),
    ...(storeAlone === undefined
      ? []
      : [
          [
            `store alone, the same reads and writes, batches of ${storeAlone.batch}`,
            number(storeAlone.perSecond),
          ] as [string, string],
        ]),
    ...(normalise === undefined
      ? []
      : ([
          ['normalising, one thread', number(normalise.normalise)],
          ['normalising and encoding to Avro, one thread', number(normalise.normaliseAndEncode)],
          ['HAPI typed parse, one thread', number(normalise.hapiTyped)],
          ['LinuxForHealth to FHIR, one thread', number(normalise.linuxForHealth)],
        ] as [string, string][])),
  ]
  return rows.length === 0
    ? []
    : [textTable([{ name: 'alone and together' }, right('messages/s')], rows), '']
}

const byTypeLines = ({ normaliseByType }: Results): string[] =>
  normaliseByType === undefined
    ? []
    : [
        textTable(
          [
            { name: 'normalising by type, one thread' },
            right('bytes'),
            right('fields cut alone/s'),
            right('to events/s'),
          ],
          normaliseByType.map(({ what, bytes, parse, normalise }) => [
            what,
            number(bytes),
            number(parse),
            number(normalise),
          ]),
        ),
        '',
      ]

const fhirLines = ({ normaliseFhir }: Results): string[] =>
  normaliseFhir == null
    ? []
    : [
        textTable(
          [
            {
              name: `FHIR, one thread: ${normaliseFhir.bundles} Bundles, ${number(normaliseFhir.resources)} resources`,
            },
            right('resources/s a core'),
          ],
          [
            ['JSON.parse alone', number(normaliseFhir.parse)],
            ['to events, validated', number(normaliseFhir.normalise)],
            ['to events and Avro', number(normaliseFhir.normaliseAndEncode)],
          ],
        ),
        '',
      ]

const fhirLineLines = (line: FhirLine | null | undefined): string[] =>
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

const profileLines = ({ profile }: Results): string[] =>
  Object.entries(profile ?? {}).flatMap(([name, functions]) => [
    `  Where ${name} spends its processor`,
    textTable(
      [right('own time'), { name: 'function' }],
      functions.map(({ what, share }) => [`${(share * 100).toFixed(1)} %`, what]),
    ),
    '',
  ])

const goalLines = (results: Results): string[] => [
  textTable(
    [{ name: 'goal' }, { name: 'measured' }, { name: 'holds' }],
    goals(results).map(({ goal, measured, holds }) => [
      goal,
      measured,
      holds === null ? '–' : holds ? 'yes' : 'NO',
    ]),
  ),
]

/** The whole report, in text. */
export const print = (results: Results): string =>
  [
    '',
    `  ${results.machine.cores} cores, ${results.machine.model}, ${results.machine.memoryGiB} GiB, Node ${results.machine.node}; load before: ${results.machine.loadBefore}; document store: ${results.store}`,
    '',
    ...ackTable('Acknowledgements, ingest alone', results.ackAlone),
    ...ackTable('Acknowledgements, whole line', results.ackPipeline),
    ...ackTable(
      `Acknowledgements, whole line on ${results.defaultStore?.store}`,
      results.defaultStore?.ackPipeline,
    ),
    ...ackTable('Peers', results.peers),
    ...aloneLines(results),
    ...byTypeLines(results),
    ...fhirLines(results),
    ...fhirLineLines(results.fhirLine),
    ...latencyLines(results),
    ...grownTable(
      'As patients grow (filled in bulk with the documents an admission makes)',
      results.patients,
    ),
    ...grownTable(
      "As one patient's history grows (reports of eight observations, filled in bulk)",
      results.history,
    ),
    ...binding(results),
    ...profileLines(results),
    ...goalLines(results),
  ].join('\n')

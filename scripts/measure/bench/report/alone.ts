import { textTable } from '../../../operate/client/table.ts'
import type { Results } from '../results.ts'
import { number, right } from './format.ts'

export const aloneLines = ({
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

export const byTypeLines = ({ normaliseByType }: Results): string[] =>
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

export const fhirLines = ({ normaliseFhir }: Results): string[] =>
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

export const profileLines = ({ profile }: Results): string[] =>
  Object.entries(profile ?? {}).flatMap(([name, functions]) => [
    `  Where ${name} spends its processor`,
    textTable(
      [right('own time'), { name: 'function' }],
      functions.map(({ what, share }) => [`${(share * 100).toFixed(1)} %`, what]),
    ),
    '',
  ])

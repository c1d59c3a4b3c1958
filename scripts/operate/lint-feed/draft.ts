import type { Source } from '@tideway/schemas/source'
import { ranked } from './counts.ts'
import type { Feed } from './feed.ts'

const characterSets = ['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'us-ascii'] as const
const standIns = new Set(['(empty)', '(text)', '(long number)'])
const isNamed = (name: string | undefined): name is string =>
  name !== undefined && name !== '' && !standIns.has(name)

const distinct = (names: readonly (string | undefined)[]): string[] => [
  ...new Set(names.filter(isNamed)),
]

/**
 * A source file to begin with. It says what the feed shows and no more: an authority stands for the
 * organisation only if it is called like it or like its facility, and no code is translated. What
 * is left open is in the report.
 *
 * @param ods  ODS code of the organisation
 */
export const draftSource = (feed: Feed, ods: string): Source & { $schema: string } => {
  const identifiers = ranked(feed.identifiers).map(
    ({ parts: [field = '', authority = '', type = '', taken = '', reads = ''] }) => ({
      field,
      authority,
      type,
      isNhs: taken === 'NHS number' || reads !== '',
    }),
  )
  const facilities = distinct(ranked(feed.facilities).map(({ parts }) => parts[0]))
  const own = distinct([
    ods,
    ...identifiers
      .map(({ authority }) => authority)
      .filter((authority) => facilities.includes(authority)),
  ])
  const likeNhs = /NHS|^NH$/i
  const nhs = identifiers.filter(({ isNhs }) => isNhs)
  const types = distinct(
    identifiers
      .filter(({ field, isNhs, type }) => field === 'PID-3' && !isNhs && !likeNhs.test(type))
      .map(({ type }) => type),
  )
  const readAs = ranked(feed.characterSets).map(({ parts }) => parts[1])
  return {
    $schema: './source.schema.json',
    ods,
    name: ods,
    kind: 'trust',
    hl7: {
      match: {
        ports: [],
        certificates: [],
        sendingApplications: distinct(ranked(feed.applications).map(({ parts }) => parts[0])),
        sendingFacilities: facilities,
      },
      characterSet:
        characterSets.find((name) => name !== 'utf-8' && readAs.includes(name)) ?? 'windows-1252',
      timeZone: 'Europe/London',
      authorities: Object.fromEntries(own.map((authority) => [authority, ods])),
      nhsNumber: {
        authorities: distinct(nhs.map(({ authority }) => authority)).filter((name) =>
          likeNhs.test(name),
        ),
        types: distinct(nhs.map(({ type }) => type)).filter((name) => likeNhs.test(name)),
      },
      patientIdentifierTypes: types.length > 0 ? types : ['MR', 'PI'],
      codes: {},
      fixes: [],
      strict: false,
      processingIds: ['P'],
      batchAcknowledgement: 'message',
      limits: { maxMessageBytes: 20_000_000, idleFrameMs: 30_000 },
    },
  }
}

import { identifierGroupOf } from '@tideway/schemas/identifier-types'
import type { Source } from '@tideway/schemas/source'
import { ranked } from './counts.ts'
import { defaultOffsetOf } from './default-offset.ts'
import type { FeedSummary } from './feed.ts'
import { accountOrVisit } from './identifiers.ts'

const characterSets = ['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'us-ascii'] as const
const standIns = new Set(['(empty)', '(text)', '(long number)'])
const isNamed = (name: string | undefined): name is string =>
  name !== undefined && name !== '' && !standIns.has(name)

const distinct = (names: readonly (string | undefined)[]): string[] => [
  ...new Set(names.filter(isNamed)),
]

/**
 * Types that are too unclear to propose, beside those known to be something else than a number of
 * the patient. A source accepts them if it sends nothing better.
 *
 * @see HL7 table 0203
 */
const unclear = /^(EPI|FIL?|PNT|XX)$/i

/** Whether identifiers of this type may name a patient. */
const mayNamePatient = (type: string): boolean =>
  identifierGroupOf(type) === null && !unclear.test(type)

/** The most frequent MSH-4 that is an ODS code; null if none is. */
export const mostFrequentFacility = (feed: FeedSummary): string | null =>
  ranked(feed.facilities)
    .map(({ parts }) => parts[0] ?? '')
    .find((name) => /^[A-Z0-9]{2,10}$/.test(name)) ?? null

/**
 * A source file to start from. It holds what the feed shows and no more: an authority stands for
 * the organisation only if it has its name or that of its facility, no code is translated, and
 * numbers of accounts and visits never name a patient. The report shows what is still to be
 * decided.
 *
 * @param ods  ODS code of the organisation
 */
export const draftSource = (feed: FeedSummary, ods: string): Source & { $schema: string } => {
  const identifiers = ranked(feed.identifiers).map(
    ({ parts: [field = '', authority = '', type = '', taken = '', reads = ''] }) => ({
      field,
      authority,
      type,
      isNhs: taken === 'NHS number' || reads === 'reads as NHS number',
      isAccount: reads === accountOrVisit,
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
  const accounts = new Set(identifiers.filter(({ isAccount }) => isAccount).map(({ type }) => type))
  const types = distinct(
    identifiers
      .filter(({ field, isNhs, type }) => field === 'PID-3' && !isNhs && !likeNhs.test(type))
      .map(({ type }) => type)
      .filter((type) => mayNamePatient(type) && !accounts.has(type)),
  )
  const offset = defaultOffsetOf(feed.defaultOffset)
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
      ...(offset === null ? {} : { offsetOfMsh7IsDefault: offset.value }),
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

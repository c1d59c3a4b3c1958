import type { PatientRecord } from '@tideway/record-api/json/record'
import { textTable } from '../operate/client/table.ts'
import { allergyLines } from './allergies.ts'
import { banner } from './banner.ts'
import { medicineLines } from './medicines.ts'
import { gravestLine, resultsTable } from './results.ts'
import { textReports, textReportTitles } from './text-reports.ts'
import { instantOf, shownTime, span } from './times.ts'
import { shortName, stayLines, whereLines } from './where.ts'

const rule = (character: string) => character.repeat(100)
const indented = (text: string) =>
  text
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n')

const sourcesTable = ({ sources }: PatientRecord, now: Date): string =>
  textTable(
    [
      { name: 'who tells' },
      { name: 'about' },
      { name: 'newest about him, sent' },
      { name: 'feed last heard' },
    ],
    sources.map(({ source, sourceName, organisation, lastMessageAt, feedLastHeardAt }) => [
      shortName(sourceName, source),
      `${organisation} patient`,
      shownTime(lastMessageAt),
      feedLastHeardAt === undefined
        ? 'not known'
        : `${span(now.getTime() - (instantOf(feedLastHeardAt) as number))} ago`,
    ]),
  )

const completeness = ({ completeness: { state, reasons } }: PatientRecord): string =>
  state === 'complete'
    ? 'COMPLETE: everything acknowledged more than five seconds ago is here.'
    : [
        state === 'incomplete' ? 'INCOMPLETE' : 'NOT KNOWN TO BE COMPLETE',
        ...reasons.map(({ text, count }) => `- ${text}${count === undefined ? '' : ` (${count})`}`),
      ].join('\n')

/** The first screen in a few lines: identity, location, allergies, problems, available reports. */
export const glance = (record: PatientRecord, now: Date): string => {
  const lines = [
    ['ALLERGIES ', allergyLines(record)],
    ['RESULTS   ', gravestLine(record)],
    ['REPORTS   ', textReportTitles(record)],
  ].filter(([, text]) => text !== null)
  return [
    firstLook(record, now),
    ...lines.map(([label, text]) => indented(`${label}  ${text}`)),
  ].join('\n')
}

/** Zone 1 of the banner and the block below it: identity and current location. */
const firstLook = (record: PatientRecord, now: Date): string => {
  const { patient } = record
  const [name] = patient.names
  const zone1 = banner(
    {
      name: {
        family: name?.family ?? null,
        given: name?.given ?? [],
        prefix: name?.prefix ?? null,
      },
      birthDate: patient.birthDate ?? null,
      sex: patient.sex ?? null,
      nhsNumber: patient.nhsNumber ?? null,
      verified: patient.nhsNumberStatus === '01',
    },
    now,
  )
  return [rule('━'), ` ${zone1}`, rule('━'), ...whereLines(record, now).map(indented)].join('\n')
}

/**
 * The record as text of 100 columns, in a clinician's order: identity, location, allergies, news,
 * and how complete it is.
 */
export const page = (record: PatientRecord, now: Date): string => {
  const section = (title: string, body: string | null) =>
    body === null ? [] : ['', `  ${title}`, indented(body)]
  return [
    firstLook(record, now),
    indented(`ALLERGIES   ${allergyLines(record)}`),
    ...section('MEDICINES outside hospital', medicineLines(record)),
    ...section('RESULTS, newest of each test, and before', resultsTable(record)),
    ...section('REPORTS', textReports(record).join('\n') || null),
    ...section('STAYS', stayLines(record).join('\n') || null),
    ...section('SOURCES', sourcesTable(record, now)),
    '',
    indented(completeness(record)),
    rule('━'),
  ].join('\n')
}

import type { Entry, EntryKind, Report, ReportObservation } from '@tideway/schemas/documents/entry'
import { type EncounterLine, linesKept, type PatientHead, type ReportLine } from '@tideway/schemas/documents/head'
import { stayRank } from '@tideway/schemas/stay'
import { clinicalTimeOf } from './entries/entry.ts'
import { firstSaying } from './facts.ts'

const abnormalKept = 2
const longestText = 30

/** Abnormal by HL7 table 0078, critical ones first. */
const abnormalFlags = ['LL', 'HH', 'AA', '<', '>', 'L', 'H', 'A']
const flagOf = (flags: readonly string[]): string | null => abnormalFlags.find((flag) => flags.includes(flag)) ?? null

const cut = (text: string | null): string | null => (text === null || text.length <= longestText ? text : `${text.slice(0, longestText - 1)}…`)

const abnormalIn = ({ code, reported, valueFrom }: ReportObservation): ReportLine['abnormal'] => {
  const shown = valueFrom === null ? undefined : reported[valueFrom]
  const flag = flagOf(shown?.flags ?? [])
  if (shown === undefined || flag === null) return []
  const value = shown.value ?? shown.coded?.text ?? null
  return [{ name: cut(code.text ?? code.code), value: cut(value), unit: cut(shown.unit?.code ?? shown.unit?.text ?? null), flag }]
}

const reportLine = (entry: Entry, data: Report): ReportLine => {
  const service = firstSaying(data.header, 'service')?.fields.service ?? null
  const abnormal = data.observations.flatMap(abnormalIn).toSorted((a, b) => abnormalFlags.indexOf(a.flag) - abnormalFlags.indexOf(b.flag))
  return {
    entry: entry._id,
    sortAt: entry.sortAt,
    name: cut(service?.text ?? service?.code ?? null),
    at: clinicalTimeOf(data),
    status: data.status,
    abnormal: abnormal.slice(0, abnormalKept),
  }
}

const encounterLineOf = ({ _id, sortAt, data }: Entry): EncounterLine | null => {
  if (data.kind !== 'encounter' || (data.status !== 'open' && data.status !== 'planned')) return null
  return { entry: _id, sortAt, encounterId: data.encounterId, status: data.status, patientClass: data.patientClass, location: data.location, since: data.locationSince }
}

const reportLineOf = (entry: Entry): ReportLine | null => (entry.data.kind === 'report' ? reportLine(entry, entry.data) : null)

type Line = { entry: string; sortAt: Date }
type Order<L> = (a: L, b: L) => number

const newestFirst: Order<Line> = (a, b) => b.sortAt.getTime() - a.sortAt.getTime() || (a.entry < b.entry ? -1 : a.entry > b.entry ? 1 : 0)

/** Open before planned, then stays in a bed: a dozen out-patient visits that nobody closed must not hide the stay that goes on. */
const weightOf = (line: EncounterLine): number => (line.status === 'open' ? 3 : 0) + stayRank(line)
const whereNowFirst: Order<EncounterLine> = (a, b) => weightOf(b) - weightOf(a) || newestFirst(a, b)

/**
 * The first lines once some entries changed.
 *
 * `uncertain`: lines dropped before may belong back, because one that was kept left or moved down; only the entries themselves can tell.
 */
const firstLines = <L extends Line>(before: readonly L[], touched: readonly Entry[], lineOf: (entry: Entry) => L | null, order: Order<L>): { lines: L[]; uncertain: boolean } => {
  const ids = new Set(touched.map(({ _id }) => _id))
  const lines = [...before.filter(({ entry }) => !ids.has(entry)), ...touched.map(lineOf).filter((line) => line !== null)].toSorted(order).slice(0, linesKept)
  const [lastBefore, last] = [before.at(linesKept - 1), lines.at(linesKept - 1)]
  return { lines, uncertain: lastBefore !== undefined && (last === undefined || order(last, lastBefore) > 0) }
}

/** Kinds of entries that have lines in the head. */
export type LineKind = Exclude<EntryKind, 'document'>

/** The head with the lines of entries that changed, and which kinds have to be read anew from the entries. */
export const withLines = (head: PatientHead, touched: readonly Entry[]): { head: PatientHead; uncertain: LineKind[] } => {
  const of = (kind: EntryKind) => touched.filter((entry) => entry.kind === kind)
  const encounters = firstLines(head.encounters, of('encounter'), encounterLineOf, whereNowFirst)
  const reports = firstLines(head.latestReports, of('report'), reportLineOf, newestFirst)
  return {
    head: { ...head, encounters: encounters.lines, latestReports: reports.lines },
    uncertain: [...(encounters.uncertain ? ['encounter' as const] : []), ...(reports.uncertain ? ['report' as const] : [])],
  }
}

/**
 * The head with the lines of one kind made anew.
 *
 * @param entries  all of the kind that can have a line, or as many of the newest as are ever looked at
 */
export const withLinesAnew = (head: PatientHead, kind: LineKind, entries: readonly Entry[]): PatientHead =>
  kind === 'encounter'
    ? { ...head, encounters: firstLines([], entries, encounterLineOf, whereNowFirst).lines }
    : { ...head, latestReports: firstLines([], entries, reportLineOf, newestFirst).lines }

import type { ReportObservation } from '@tideway/schemas/documents/entry'
import type { Coded } from '@tideway/schemas/events.generated'
import { newestSaid } from '../entries/kept-statements.ts'
import { wordOf } from './amount-words.ts'
import { cut } from './line.ts'

/** Characters of a report line, and of a value in it. */
const longest = 52
const longestSite = 20

/** The only one of several; null if they differ, or none is said. */
const only = (all: readonly (string | null)[]): string | null => {
  const one = all.find((word) => word !== null) ?? null
  return all.every((word) => word === null || word === one) ? one : null
}

const siteOf = (observation: ReportObservation): string | null =>
  wordOf(newestSaid(observation)?.bodySite)

/**
 * Where and with what a report was measured: body site, method and device that all observations
 * have in common of those that say any; where none says a site, that of the specimens and of the
 * request.
 *
 * @param sites  of the specimens (SPM-8) and the request
 * @returns null if nothing is said, or nothing is the same
 */
export const measuredWords = (
  observations: readonly ReportObservation[],
  sites: readonly (Coded | null)[],
): string | null => {
  const own = observations.map(siteOf)
  const isSaid = own.some((site) => site !== null)
  const newest = observations.map(newestSaid)
  const words = [
    only(isSaid ? own : sites.map(wordOf)),
    only(newest.map((one) => wordOf(one?.method))),
    only(newest.map((one) => one?.device ?? null)),
  ].filter((word) => word !== null)
  return words.length === 0 ? null : cut(words.join(', '), longest)
}

/** The body site of one value, where the observations of its report differ in it; null else. */
export const siteApart = (
  observation: ReportObservation,
  observations: readonly ReportObservation[],
): string | null => {
  const site = siteOf(observation)
  return site === null || only(observations.map(siteOf)) !== null ? null : cut(site, longestSite)
}

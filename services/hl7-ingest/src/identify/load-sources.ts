import type { Source, SourceFile } from '@tideway/schemas/source'
import { readSourcesInForce } from '@tideway/ingest/applied-sources'
import { readSourceFiles, type SourceChecks } from '@tideway/ingest/source-files'
import type { Mappings } from '../normalise/load-mappings.ts'
import { isAddressRange } from './address-ranges.ts'
import { overlap } from './identify.ts'
import { type ListenerPorts, portProblems, sharedPorts, unprovenProblems } from './provenance.ts'

const sendsHl7 = (source: SourceFile): source is Source => source.hl7 !== undefined

const problemsOf = ({ hl7 }: Source, knownFixes: ReadonlySet<string>): string[] => {
  const problems: string[] = []
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: hl7.timeZone })
  } catch {
    problems.push('/hl7/timeZone is no IANA time zone')
  }
  hl7.fixes.forEach((fix, index) => {
    if (!knownFixes.has(fix)) problems.push(`/hl7/fixes/${index} is no known fix`)
  })
  hl7.match.addresses?.forEach((range, index) => {
    if (!isAddressRange(range))
      problems.push(
        `/hl7/match/addresses/${index} is no address and no network such as 192.0.2.0/28`,
      )
  })
  return problems
}

/**
 * What hl7-ingest requires of source files.
 *
 * @param knownFixes  names of the fixes in this release
 * @param ports       of this service; null if they are not known here
 * @param production  whether a source must prove who it is
 */
export const hl7Checks = (
  knownFixes: ReadonlySet<string>,
  ports: ListenerPorts | null,
  production: boolean,
): SourceChecks => ({
  ofOne: (source) =>
    sendsHl7(source)
      ? [
          ...problemsOf(source, knownFixes),
          ...(ports === null ? [] : portProblems(source, ports)),
          ...(production ? unprovenProblems(source, ports) : []),
        ]
      : [],
  ofTwo: (one, { file, source }) => {
    if (!sendsHl7(one) || !sendsHl7(source)) return []
    return [
      ...(overlap(one, source) ? [`/hl7/match could match the same message as ${file}`] : []),
      ...(production ? sharedPorts(one, source, file) : []),
    ]
  },
})

/**
 * Every organisation that sends HL7 v2, from the source files.
 *
 * @throws ConfigError with every problem of every file, each with file and JSON path
 */
export const loadSources = (dir: string, knownFixes: ReadonlySet<string>): Source[] =>
  readSourceFiles(dir, hl7Checks(knownFixes, null, false)).filter(sendsHl7)

/**
 * Every organisation that sends HL7 v2: of the applied set, or of the source files if none was
 * applied.
 *
 * @param ports       as in `hl7Checks`
 * @param production  as in `hl7Checks`
 * @throws ConfigError as `loadSources`
 */
export const loadSourcesInForce = (
  dir: string,
  { fixes }: Pick<Mappings, 'fixes'>,
  ports: ListenerPorts | null,
  production: boolean,
) => {
  const checks = hl7Checks(new Set(fixes.keys()), ports, production)
  const { version, sources } = readSourcesInForce(dir, checks)
  return { version, sources: sources.filter(sendsHl7) }
}

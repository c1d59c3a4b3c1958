import { proofOf } from '@tideway/hl7-ingest/identify/identify'
import { readApplied } from '@tideway/ingest/applied-sources'
import type { Source, SourceFile } from '@tideway/schemas/source'
import { textTable } from '../client/table.ts'
import { differenceOf, inWords, type SourceState } from './difference.ts'
import { readFolder } from './folder.ts'

const proofs = {
  certificate: 'certificate',
  port: 'port and addresses',
} as const

const hl7Of = ({ hl7 }: Partial<Source>): string => {
  if (hl7 === undefined) return '-'
  const proof = proofOf(hl7.match)
  return proof === null ? 'MSH-3 and MSH-4 only' : proofs[proof]
}

const states: Record<SourceState, string> = {
  same: 'in force',
  added: 'not applied yet',
  changed: 'in force; its file differs',
  removed: 'in force; it has no file',
}

const rowOf = (source: SourceFile, state: SourceState): string[] => [
  source.ods,
  source.name,
  hl7Of(source),
  source.fhir?.clients.join(', ') ?? '-',
  states[state],
]

/**
 * Prints the sources in force, and how the files differ.
 *
 * @throws ConfigError if the files have problems
 */
export const listSources = async (env: NodeJS.ProcessEnv): Promise<boolean> => {
  const { dir, sources } = await readFolder(env)
  const applied = readApplied(dir)
  const inForce = applied?.sources ?? sources
  const difference = differenceOf(inForce, sources)
  console.log(
    applied === null
      ? 'No set was applied: services read the source files when they start.'
      : `Version ${applied.version}, applied ${applied.appliedAt} by ${applied.by}.`,
  )
  const known = new Map([...sources, ...inForce].map((source) => [source.ods, source]))
  const rows = [...difference].map(([ods, state]) => rowOf(known.get(ods) as SourceFile, state))
  const columns = ['ods', 'name', 'HL7 proven by', 'FHIR clients', 'state']
  console.log(
    textTable(
      columns.map((name) => ({ name })),
      rows,
    ),
  )
  const changes = inWords(difference)
  if (changes !== null) console.log(`npm run sources -- apply would take over: ${changes}.`)
  return true
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { composeSchema } from '@tideway/schemas/event-schemas'
import { topics } from '@tideway/schemas/topics'
import avro from 'avsc'
import { runTool } from './tool.ts'

const folder = 'schemas/released'

/**
 * Schemas whose data is kept for years: the records of every topic, and those of archive objects.
 */
export const released = [
  ...Object.values(topics).map(({ name, envelope }) => ({ name, envelope })),
  { name: 'archived-messages', envelope: 'ArchivedMessageV1' },
]

/** Text of a released schema as stored in the repository. */
export const releaseText = (schema: avro.Schema): string => `${JSON.stringify(schema, null, 2)}\n`

/**
 * The released schemas of a name, oldest first: `schemas/released/<name>/<n>.avsc`, n from 1
 * without gaps.
 */
export const releasesOf = (root: string, name: string): string[] => {
  const dir = join(root, folder, name)
  if (!existsSync(dir)) return []
  const count = readdirSync(dir).length
  return Array.from({ length: count }, (_, index) =>
    readFileSync(join(dir, `${index + 1}.avsc`), 'utf8'),
  )
}

const typeOf = (text: string) =>
  avro.Type.forSchema(JSON.parse(text) as avro.Schema, { wrapUnions: 'auto' })

/**
 * Why a schema cannot read data of an earlier one; null if it can.
 *
 * @see Confluent Schema Registry, BACKWARD_TRANSITIVE; Apache Avro 1.12 specification, Schema
 *   Resolution
 */
export const incompatibility = (reader: string, writer: string): string | null => {
  try {
    typeOf(reader).createResolver(typeOf(writer))
    return null
  } catch (error) {
    return (error as Error).message.split('\n')[0] as string
  }
}

/** Pairs of schemas in which the later one cannot read data of the earlier one. */
export const incompatibilities = (name: string, texts: readonly string[]): string[] =>
  texts.flatMap((reader, later) =>
    texts.slice(0, later).flatMap((writer, earlier) => {
      const why = incompatibility(reader, writer)
      return why === null
        ? []
        : [`${name}: schema ${later + 1} cannot read what schema ${earlier + 1} wrote: ${why}`]
    }),
  )

const notReleased = (root: string): string[] =>
  released.flatMap(({ name, envelope }) => {
    const texts = releasesOf(root, name)
    const current =
      texts.at(-1) === releaseText(composeSchema(envelope))
        ? []
        : [
            `${name}: the schema differs from ${texts.length === 0 ? 'no release' : `release ${texts.length}`}: run npm run release-schemas`,
          ]
    return [...current, ...incompatibilities(name, texts)]
  })

const lines = (text: string) => text.split('\n').filter((line) => line !== '')

/**
 * Released files that a commit or the work tree changed, removed or renamed. A file is released
 * once it is on the main line: a branch may change what it adds until it is merged. Outside a git
 * checkout nothing is checked.
 */
export const rewritten = async (root: string): Promise<string[]> => {
  const inGit = (await runTool('git', ['rev-parse', '--verify', 'HEAD'], root)).code === 0
  if (!inGit) return []
  const committed = await runTool(
    'git',
    ['log', '--first-parent', '--diff-filter=MDR', '--name-only', '--format=', '--', folder],
    root,
  )
  const pending = await runTool(
    'git',
    ['diff', 'HEAD', '--diff-filter=MDR', '--name-only', '--', folder],
    root,
  )
  return [...new Set([...lines(committed.output), ...lines(pending.output)])].map(
    (path) => `${path} was changed after its release`,
  )
}

/**
 * A released schema never changes, later ones read its data, and the latest is the current schema.
 */
export const releasedSchemas = async (root: string): Promise<string[]> => {
  if (!existsSync(join(root, folder))) return [`${folder} is empty: run npm run release-schemas`]
  return [...notReleased(root), ...(await rewritten(root))]
}

/** One version of one subject. Records in the log name their schema by `id`. */
export type RegisteredSchema = { subject: string; version: number; id: number; schema: string }

const type = 'application/vnd.schemaregistry.v1+json'
/** Ids without a schema in the copy that are filled to get to the next, at most. */
const fillAtMost = 10_000

/** The registry does not give schemas the ids that the log has for them. */
export class RegistryMismatch extends Error {
  override readonly name = 'RegistryMismatch'
}

const ask = async (url: string, path: string, init: RequestInit = {}): Promise<Response> => {
  const response = await fetch(`${url}${path}`, {
    ...init,
    headers: { 'content-type': type },
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok && response.status !== 404)
    throw new Error(`the schema registry answers ${response.status} to ${path}`)
  return response
}

const read = async <T>(url: string, path: string): Promise<T | null> => {
  const response = await ask(url, path)
  return response.ok ? ((await response.json()) as T) : null
}

/** Every version of every subject, by id. */
export const copyRegistry = async (url: string): Promise<RegisteredSchema[]> => {
  const found: RegisteredSchema[] = []
  for (const subject of (await read<string[]>(url, '/subjects')) ?? []) {
    const path = `/subjects/${encodeURIComponent(subject)}/versions`
    for (const version of (await read<number[]>(url, path)) ?? []) {
      const one = await read<RegisteredSchema>(url, `${path}/${version}`)
      if (one !== null) found.push({ subject, version, id: one.id, schema: one.schema })
    }
  }
  return found.toSorted((a, b) => a.id - b.id || a.version - b.version)
}

const register = async (url: string, subject: string, schema: string): Promise<number> => {
  const response = await ask(url, `/subjects/${encodeURIComponent(subject)}/versions`, {
    method: 'POST',
    body: JSON.stringify({ schema, schemaType: 'AVRO' }),
  })
  return ((await response.json()) as { id: number }).id
}

const sameSchema = (a: string, b: string): boolean =>
  JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b))

/** Whether the registry has this schema under this id. */
const has = async (url: string, { id, schema }: RegisteredSchema): Promise<boolean> => {
  const found = await read<{ schema: string }>(url, `/schemas/ids/${id}`)
  return found !== null && sameSchema(found.schema, schema)
}

const placeOf = ({ subject, id }: RegisteredSchema): string => `${id} ${subject}`

/** A schema of no topic, which takes an id that the copy does not have. */
const fill = (url: string, id: number): Promise<number> =>
  register(url, 'restore-fill', JSON.stringify({ type: 'fixed', size: 1, name: `id${id}` }))

/**
 * Registers what a copy has and the registry does not, under the ids of the copy, which a registry
 * gives in order. Ids that the copy does not have are taken by schemas of no topic.
 *
 * @returns how many were registered
 * @throws RegistryMismatch if it gives another id; an empty registry is then needed
 */
export const restoreRegistry = async (
  url: string,
  copy: readonly RegisteredSchema[],
): Promise<number> => {
  const existing = await copyRegistry(url)
  const known = new Set(existing.map(placeOf))
  let last = existing.reduce((most, { id }) => Math.max(most, id), 0)
  let registered = 0
  for (const one of copy) {
    if (known.has(placeOf(one))) continue
    for (let tries = 0; last + 1 < one.id && tries < fillAtMost; tries += 1)
      last = Math.max(last, await fill(url, last + 1))
    last = Math.max(last, await register(url, one.subject, one.schema))
    if (!(await has(url, one)))
      throw new RegistryMismatch(
        `the registry gives schema ${one.id} of ${one.subject} another id: empty it, and restore again before anything else starts`,
      )
    registered += 1
  }
  return registered
}

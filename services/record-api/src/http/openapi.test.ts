import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { errors } from '../errors.ts'
import { methodsAt } from './methods-at.ts'
import { openApi } from './describe.ts'
import { type Role, roles } from '../chart/access.ts'
import { type permissions, permits } from './permissions.ts'
import { routes } from './clinical-routes.ts'

const document = openApi('https://issuer.example') as {
  paths: Record<
    string,
    Record<
      string,
      { responses: Record<string, unknown>; parameters?: { name: string }[]; requestBody?: unknown }
    >
  >
  components: { schemas: Record<string, unknown> }
}

test.each(routes)('$method $path: the example is what the schema says', ({ answer, body }) => {
  expect([...Value.Errors(answer.schema, answer.example)]).toEqual([])
  for (const example of Object.values(body?.examples ?? {}))
    expect(Value.Check(body?.schema ?? {}, example)).toBe(true)
})

test('a field too many or too few is not what the schema says', () => {
  const record = routes.find(({ operationId }) => operationId === 'readRecord')
  const { parked, ...without } = (record?.answer.example ?? {}) as Record<string, unknown>
  expect(parked).toBe(0)
  expect(Value.Check(record?.answer.schema ?? {}, without)).toBe(false)
  expect(Value.Check(record?.answer.schema ?? {}, { ...without, parked: 0, another: 1 })).toBe(
    false,
  )
})

test.each(routes)(
  '$method $path is described with its parameters, refusals and body',
  ({ method, path, parameters, body }) => {
    const operation = document.paths[path]?.[method.toLowerCase()]
    expect(Object.keys(operation?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '401', '403', '500', '503']),
    )
    expect(operation?.parameters?.map(({ name }) => name)).toEqual(
      parameters.map(({ name }) => name),
    )
    expect(operation?.requestBody !== undefined).toBe(body !== null)
    for (const [, name] of path.matchAll(/\{(\w+)\}/g))
      expect(parameters.map((parameter) => parameter.name)).toContain(name)
  },
)

test('every reference resolves and no schema is left inside another by its name', () => {
  const text = JSON.stringify(document)
  const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name as string,
  )
  expect(references.length).toBeGreaterThan(20)
  for (const name of references) expect(Object.keys(document.components.schemas)).toContain(name)
  expect(text).not.toContain('"$id"')
})

/** Every schema with a name, by it, as it is written where it stands. */
const namedIn = (node: unknown): [string, string][] => {
  if (typeof node !== 'object' || node === null) return []
  const { $id } = node as { $id?: unknown }
  return [
    ...(typeof $id === 'string' && !Array.isArray(node)
      ? [[$id, JSON.stringify(node)] as [string, string]]
      : []),
    ...Object.values(node).flatMap(namedIn),
  ]
}

test('a name stands for one schema', () => {
  const named = routes.flatMap(({ answer }) => namedIn(answer.schema))
  const byName = Map.groupBy(named, ([name]) => name)
  expect(
    [...byName]
      .filter(([, those]) => new Set(those.map(([, written]) => written)).size > 1)
      .map(([name]) => name),
  ).toEqual([])
  expect(byName.size).toBeGreaterThan(50)
})

test('no address can hold an NHS number, a name or a birth date', () => {
  for (const { parameters } of routes)
    for (const { name } of parameters) expect(name).not.toMatch(/nhs|birth|name|identifier/i)
})

test('every error an operation names is in the table', () => {
  for (const route of routes) for (const code of route.errors) expect(errors).toHaveProperty(code)
})

test('only clinicians and systems read records, only operators and systems the ledger', () => {
  const allowed = (permission: keyof typeof permissions) =>
    (Object.keys(roles) as Role[]).filter((role) => permits(role, permission))
  expect(allowed('read-record')).toEqual(['clinician', 'system'])
  expect(allowed('read-ledger')).toEqual(['system', 'operator'])
})

test('an address knows its methods', () => {
  expect(methodsAt('/api/patients/search?x=1')).toEqual(['POST'])
  expect(methodsAt('/api/patients/abc/record')).toEqual(['GET'])
  expect(methodsAt('/api/patients/abc')).toEqual([])
})

import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import specs from '@asyncapi/specs'
import { Ajv } from 'ajv'
import { topics } from '@tideway/schemas/topics'
import { expect, test } from 'vitest'
import { asyncApiDocument, asyncApiFile } from './async-api.ts'
import { asyncApi } from './documents/asyncapi.ts'
import { fixture } from './fixture.ts'
import { checkout } from './tool.ts'

const document = () => JSON.parse(asyncApi(checkout)) as Record<string, Record<string, unknown>>

test('the document is valid AsyncAPI 3.0.0', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  const validate = ajv.compile(specs.schemasWithoutId['3.0.0'] as object)
  expect(validate(document()), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true)
  expect(validate({ ...document(), channels: { a: { address: 1 } } })).toBe(false)
})

test('every topic is a channel, and refers to a released schema that exists', () => {
  const { channels, components } = document()
  const isReleased = ({ name }: { name: string }) =>
    existsSync(join(checkout, 'schemas/released', name))
  const expected = Object.entries(topics).flatMap(([name, topic]) =>
    isReleased(topic) ? [name] : [],
  )
  expect(expected.length).toBeGreaterThanOrEqual(5)
  expect(Object.keys(channels ?? {})).toEqual(expected)
  const messages = Object.values(components?.['messages'] as object) as {
    payload: { schema: { $ref: string } }
  }[]
  for (const { payload } of messages)
    expect(
      JSON.parse(readFileSync(join(checkout, 'docs', payload.schema.$ref), 'utf8')),
    ).toMatchObject({
      type: 'record',
    })
})

test('a document that no longer matches fails the check', async () => {
  const root = fixture({ [asyncApiFile]: '{}\n' })
  cpSync(join(checkout, 'schemas/released'), join(root, 'schemas/released'), { recursive: true })
  expect(await asyncApiDocument(root)).toEqual([
    `${asyncApiFile} does not match the topics: run npm run readme-tables`,
  ])
  writeFileSync(join(root, asyncApiFile), asyncApi(root))
  expect(await asyncApiDocument(root)).toEqual([])
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asyncApi } from './documents/asyncapi.ts'

export const asyncApiFile = 'docs/asyncapi.json'

/** The AsyncAPI document matches the topics and released schemas. */
export const asyncApiDocument = async (root: string): Promise<string[]> =>
  readFileSync(join(root, asyncApiFile), 'utf8') === asyncApi(root)
    ? []
    : [`${asyncApiFile} does not match the topics: run npm run readme-tables`]

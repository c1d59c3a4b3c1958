import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from '../tool.ts'

/** A test as a document names it: its title, with `…` for anything on that line, and its file. */
export type NamedTest = { title: string; file: string }

/** Whether the title stands in quotes in that file. */
export const isInTestFile = ({ title, file }: NamedTest): boolean => {
  const path = join(checkout, file)
  if (!existsSync(path)) return false
  const pattern = title
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('…', String.raw`[^'\n]+`)
  return new RegExp(`'${pattern}'`).test(readFileSync(path, 'utf8'))
}

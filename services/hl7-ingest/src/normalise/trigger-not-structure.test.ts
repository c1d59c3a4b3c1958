import { readdirSync, readFileSync } from 'node:fs'
import { readHeader } from '@tideway/hl7v2/lexer/header'
import { expect, test } from 'vitest'
import { folder, given } from './normalise.fixture.ts'

const read = (file: string): Buffer => readFileSync(new URL(`x99/${file}`, folder))
const samples = readdirSync(new URL('x99/', folder)).filter((file) => file.endsWith('.hl7'))

/** A sample with another message structure (MSH-9.3), as senders of other versions have it. */
const withStructure = (sample: string, structure: string): string =>
  sample.replace(/^((?:[^|]*\|){8})([^|^]*\^[^|^]*)[^|]*/, `$1$2${structure}`)

test.each(samples.filter((file) => readHeader(read(file))?.trigger !== null))(
  '%s is read by message and trigger, whatever structure it names',
  (file) => {
    const sample = read(file).toString('utf8')
    const bodies = (content: string) => given(content).events.map(({ body }) => body)
    const expected = bodies(sample)
    for (const structure of ['^ADT_A01', '^ORU_R01', '^', '']) {
      const other = withStructure(sample, structure)
      expect(readHeader(Buffer.from(other))?.type).toBe(readHeader(Buffer.from(sample))?.type)
      expect(bodies(other)).toEqual(expected)
    }
  },
)

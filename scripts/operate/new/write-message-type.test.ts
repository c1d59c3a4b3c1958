import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { lint } from '../../checks/lint.ts'
import { checkout, runTool } from '../../checks/tool.ts'
import { typeCheck } from '../../checks/type-check.ts'
import { UsageError } from '../command-line.ts'
import { writeMessageType } from './write-message-type.ts'

const service = 'services/hl7-ingest'
const parts = [
  `${service}/src`,
  `${service}/samples`,
  `${service}/package.json`,
  'schemas/sources',
  'package.json',
  'biome.json',
  '.gitignore',
]

/** A copy of the service in a folder of its own. */
const copy = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'tideway-new-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const part of parts) cpSync(join(checkout, part), join(root, part), { recursive: true })
  symlinkSync(join(checkout, 'node_modules'), join(root, 'node_modules'))
  const { compilerOptions } = JSON.parse(readFileSync(join(checkout, 'tsconfig.json'), 'utf8')) as {
    compilerOptions: object
  }
  writeFileSync(
    join(root, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions,
      include: [`${service}/src/mappings/*.ts`, `${service}/src/datatypes/*.d.ts`],
    }),
  )
  return root
}
const filesOf = (root: string) =>
  parts
    .slice(0, 2)
    .flatMap((part) =>
      readdirSync(join(root, part), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${part}/${file}`,
      ),
    )
const message = Buffer.from(
  'MSH|^~\\&|PAS|X99|T|S|20260701||ZZZ^Z99|1|P|2.4\rPID|1||1002003^^^X99^MR||TEST^PERSON\rPV1|1|I|WARD\r',
)
const asked = { type: 'ZZZ^Z99', bytes: message, samples: 'x99' }
const vitest = (root: string) =>
  runTool(
    'vitest',
    [
      'run',
      '--root',
      root,
      `${service}/src/mappings.test.ts`,
      `${service}/src/normalise/load-mappings.test.ts`,
    ],
    root,
  )

test('a message type needs three files: it is registered, tested, compiles and passes lint', {
  timeout: 120_000,
}, async () => {
  const root = copy()
  const before = filesOf(root)
  const written = await writeMessageType(root, asked)
  expect(
    filesOf(root)
      .filter((file) => !before.includes(file))
      .sort(),
  ).toEqual([...written].sort())
  expect(written).toHaveLength(3)

  const { code, output } = await vitest(root)
  expect(output).toMatch(/Tests\s+\d+ passed/)
  expect(code).toBe(0)
  expect(await lint(root)).toEqual([])
  expect(await typeCheck(root)).toEqual([])
  expect(readFileSync(join(root, written[0] as string), 'utf8')).toContain('unused: PV1-2, PV1-3.')

  rmSync(join(root, written[2] as string))
  expect((await vitest(root)).code).not.toBe(0)
})

test('a sample of another sender is refused with the sender it must come from', async () => {
  const other = Buffer.from(message.toString().replace('^^^X99^MR', '^^^ELSEWHERE^MR'))
  await expect(writeMessageType(copy(), { ...asked, bytes: other })).rejects.toThrow(
    'MISSING_FIELD at PID-3. The sample must come from X99: CX-4 of PID-3 is empty or X99, X99PAS, CX-5 is empty or MR, PI',
  )
})

test.each([
  ['a type that is mapped', { ...asked, type: 'ADT^A01' }],
  ['a malformed type', { ...asked, type: '../x' }],
  ['a message of another type', { ...asked, type: 'ZZZ^Z98' }],
  ['a message without a patient', { ...asked, bytes: message.subarray(0, message.indexOf('PID')) }],
  ['a folder of samples that does not exist', { ...asked, samples: 'nobody' }],
  ['no message', { ...asked, bytes: Buffer.from('hello') }],
])('%s is refused, and nothing is written', async (_, wrong) => {
  const root = copy()
  const before = filesOf(root)
  await expect(writeMessageType(root, wrong)).rejects.toThrow(UsageError)
  expect(filesOf(root)).toEqual(before)
})

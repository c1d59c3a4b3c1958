import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkout } from '../checks/tool.ts'
import { admission } from '../measure/line-messages.ts'
import { tokenFor } from '../operate/client/api.ts'
import { fetchOnce, run } from '../stack/parts/fetch-once.ts'
import { type RunningSystem, startSystem } from './running-system.fixture.ts'

/** The programs of examples/, run against the whole system as their README says. */
const examples = join(checkout, 'examples')
const execute = promisify(execFile)
const installWithinMs = 300_000

let system: RunningSystem
let env: NodeJS.ProcessEnv

/** What an example needs to run, downloaded once for each version of the file that names it. */
const installed = (
  example: string,
  file: string,
  install: (folder: string, signal: AbortSignal) => Promise<void>,
) => {
  const content = readFileSync(join(examples, example, file))
  const name = `example-${example}-${createHash('sha256').update(content).digest('hex').slice(0, 8)}`
  const signal = AbortSignal.timeout(installWithinMs)
  return fetchOnce({ downloads: system.downloads, name, lock: 'examples', signal }, (folder) =>
    install(folder, signal),
  )
}

const python = () =>
  installed('python', 'requirements.txt', async (venv, signal) => {
    await run('python3', ['-m', 'venv', venv], signal)
    const requirements = join(examples, 'python/requirements.txt')
    await run(join(venv, 'bin/pip'), ['install', '--quiet', '-r', requirements], signal)
  })

const java = () =>
  installed('java', 'pom.xml', (folder, signal) =>
    run(
      'mvn',
      [
        ...['-q', '-B', '-f', join(examples, 'java/pom.xml')],
        'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies',
        `-DoutputDirectory=${folder}`,
      ],
      signal,
    ),
  )

type Printed = { id: string; patientId: string; version: number; kinds: string[] }

/** The first two records that a consumer prints, by id; partitions come in any order. */
const consume = async (command: string, args: readonly string[]): Promise<Printed[]> => {
  const { stdout } = await execute(command, [...args, '--count', '2'], {
    env,
    timeout: 90_000,
    killSignal: 'SIGKILL',
  })
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'))
  const printed = lines.map((line) => JSON.parse(line) as Printed)
  return printed.toSorted((a, b) => a.id.localeCompare(b.id))
}

const patient = JSON.stringify({
  resourceType: 'Patient',
  identifier: [{ system: 'https://rjz.example/id/patient', value: 'EXAMPLE-1' }],
  birthDate: '2019-02-14',
})

beforeAll(async () => {
  system = await startSystem()
  const { kafka, registry } = system.addresses
  env = { ...process.env, KAFKA_BROKERS: kafka ?? '', SCHEMA_REGISTRY_URL: registry ?? '' }
})
afterAll(() => system?.remove())

test('the MLLP sender sends a message and exits with 0 for AA, and with 1 for a refusal', async () => {
  const message = join(system.home, 'admission.hl7')
  writeFileSync(message, admission.toString('latin1').replaceAll('\r', '\n'))
  const args = [join(examples, 'python/send_mllp.py'), system.addresses.mllp ?? '', message]
  expect((await execute('python3', args)).stdout).toContain('MSA|AA|E2E-A01')

  writeFileSync(message, admission.toString('latin1').replaceAll('RJZ', 'NOBODY'))
  await expect(execute('python3', args)).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('MSA|AR|E2E-A01'),
  })
})

test('the FHIR sender sends a resource and exits with 0 for 201, and with 1 for a refusal', async () => {
  const { issuer, fhirIngest } = system.addresses
  const user = { role: 'system', organisation: 'RJZ' } as const
  const token = await tokenFor(issuer ?? '', user, process.env, 'system/*.cu')
  const file = join(system.home, 'patient.json')
  writeFileSync(file, patient)
  const send = (TOKEN: string) =>
    execute(process.execPath, [join(examples, 'typescript/send-fhir.ts'), fhirIngest ?? '', file], {
      env: { ...process.env, TOKEN },
    })
  expect((await send(token)).stdout).toMatch(/^201 /)
  await expect(send('nonsense')).rejects.toMatchObject({ code: 1 })
})

/** What the first consumer printed; the others must print the same. */
let expected: Printed[] = []

test('the TypeScript consumer prints what became readable', async () => {
  expected = await consume(process.execPath, [
    join(examples, 'typescript/consume-record-changes.ts'),
  ])
  expect(expected).toHaveLength(2)
  expect(expected.flatMap(({ kinds }) => kinds)).toEqual(
    expect.arrayContaining(['patient', 'encounter']),
  )
})

test('the Python consumer prints the same records', { timeout: installWithinMs }, async () => {
  const venv = await python()
  const consumer = join(examples, 'python/consume_record_changes.py')
  expect(await consume(join(venv, 'bin/python'), [consumer])).toEqual(expected)
})

test('the Java consumer prints the same records', { timeout: installWithinMs }, async () => {
  const jars = await java()
  const consumer = join(examples, 'java/ConsumeRecordChanges.java')
  expect(await consume('java', ['-cp', `${jars}/*`, consumer])).toEqual(expected)
})

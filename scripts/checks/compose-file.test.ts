import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { baseProblems, composeFile, composeProblems } from './compose-file.ts'
import { checkout } from './tool.ts'

const digest = `sha256:${'a'.repeat(64)}`
/** As compose replaces it. */
const expression = (of: string): string => `\${${of}}`
const valueInFile = `SECRET_KEY has a value in the file: use ${expression('SECRET_KEY:?')}`
const shutIn = `
x-shut-in: &shut-in
  user: "1000:1000"
  read_only: true
  cap_drop: [ALL]
  security_opt: ["no-new-privileges:true"]
services:
  one:
    <<: *shut-in
    image: store:1@${digest}
    ports: ["127.0.0.1:\${PORT:-1}:1"]
    environment:
      SECRET_KEY: \${SECRET_KEY:?make one}
`

test('the file of this checkout holds', async () => {
  expect(await composeFile(checkout)).toEqual([])
})

test('a service that is shut in has no problem', () => {
  expect(composeProblems(shutIn)).toEqual([])
})

test.each([
  ['  user: "1000:1000"\n', '', 'user is not set, or is root'],
  ['"1000:1000"', '"0"', 'user is not set, or is root'],
  ['"1000:1000"', 'root:root', 'user is not set, or is root'],
  ['read_only: true', 'read_only: false', 'read_only is not true'],
  ['[ALL]', '[NET_RAW]', 'cap_drop is not ALL'],
  ['[ALL]', '[ALL]\n  cap_add: [SYS_ADMIN]', 'cap_add is set'],
  ['no-new-privileges:true', 'seccomp:unconfined', 'security_opt lacks no-new-privileges:true'],
  ['[ALL]', '[ALL]\n  privileged: true', 'privileged is true'],
  [`@${digest}`, '', 'image store:1 has no digest'],
  ['127.0.0.1:', '', `port "${expression('PORT:-1')}:1" is published beyond 127.0.0.1`],
  [':?make one', ':-default', valueInFile],
  [expression('SECRET_KEY:?make one'), 'default', valueInFile],
])('%s as "%s" is found', (from, to, problem) => {
  const text = shutIn.replace(from, to)
  expect(text).not.toBe(shutIn)
  expect(composeProblems(text)).toEqual([`docker-compose.yml: one: ${problem}`])
})

test('every service of this checkout is held to the rules', () => {
  const text = readFileSync(join(checkout, 'docker-compose.yml'), 'utf8')
  expect(composeProblems(text.replaceAll('cap_drop: [ALL]', ''))).toHaveLength(
    [...(text.split(/^(?:services|volumes):$/m)[1] ?? '').matchAll(/^ {2}[a-z0-9-]+:$/gm)].length,
  )
})

test('a base image without a digest is found; a stage of its own needs none', () => {
  const text = `FROM node:24 AS build\nFROM store:1@${digest}\nFROM build\n`
  expect(baseProblems('Dockerfile', text)).toEqual(['Dockerfile: base image node:24 has no digest'])
})

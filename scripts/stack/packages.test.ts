import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixture } from '../checks/fixture.ts'
import { ensureNode, installIfNeeded } from './packages.mjs'

/** A project whose one package is a folder of its own, so that npm needs no registry. */
const project = (asks: Record<string, string>) => {
  const root = { name: 'project', version: '1.0.0' }
  const packages = {
    '': { ...root, dependencies: { tool: 'file:tool' } },
    tool: { version: '1.0.0' },
    'node_modules/tool': { resolved: 'tool', link: true },
  }
  return fixture({
    '.npmrc': 'offline=true',
    'package.json': JSON.stringify({ ...root, dependencies: asks }),
    'package-lock.json': JSON.stringify({ ...root, lockfileVersion: 3, packages }),
    'tool/package.json': JSON.stringify({ name: 'tool', version: '1.0.0' }),
    'other/package.json': JSON.stringify({ name: 'other', version: '1.0.0' }),
    'node_modules/left-over/package.json': '{}',
  })
}

test('exactly the packages of the lock file are installed', () => {
  const root = project({ tool: 'file:tool' })
  installIfNeeded(root)
  expect([
    existsSync(join(root, 'node_modules/tool/package.json')),
    existsSync(join(root, 'node_modules/left-over')),
  ]).toEqual([true, false])
})

test('a package that the lock file lacks is not installed', () => {
  expect(() => installIfNeeded(project({ tool: 'file:tool', other: 'file:other' }))).toThrow(
    'npm ci failed',
  )
})

test('a newer version in one workspace only is noticed', () => {
  const lock = (version: string) =>
    JSON.stringify({
      name: 'project',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: { 'services/one/node_modules/tool': { version } },
    })
  const root = fixture({
    '.npmrc': 'offline=true',
    'package.json': '{"name":"project","dependencies":{"tool":"^2.0.0"}}',
    'package-lock.json': lock('2.0.0'),
    'node_modules/.package-lock.json': lock('1.0.0'),
  })
  expect(() => installIfNeeded(root)).toThrow('npm ci failed')
})

/**
 * The package `node` as npm leaves it if it runs no install script: its script makes the binary,
 * here a link to ours.
 */
const withoutScripts = (script: string) =>
  fixture({ 'node_modules/node/installArchSpecificPackage.js': script })

test('if npm ran no install script, Node is fetched and linked', () => {
  const root = withoutScripts(
    "const { mkdirSync, symlinkSync } = require('node:fs'); mkdirSync('bin'); symlinkSync(process.execPath, 'bin/node')",
  )
  ensureNode(root)
  expect(existsSync(join(root, 'node_modules/.bin/node'))).toBe(true)
  ensureNode(root)
})

test('if Node cannot be fetched, the error has the command that installs it', () => {
  const root = withoutScripts('process.exit(1)')
  mkdirSync(join(root, 'node_modules/.bin'))
  expect(() => ensureNode(root)).toThrow('Node 24 could not be fetched')
})

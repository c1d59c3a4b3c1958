import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { ObjectStore } from '@tideway/object-store/client'

/** Objects that change; every other is written once. */
const changing = new Set(['epoch.json'])

export type CopyTally = { objects: number; copied: number; bytes: number }

const emptyTally = (): CopyTally => ({ objects: 0, copied: 0, bytes: 0 })

const fileOf = (folder: string, key: string): string => {
  if (key.split('/').some((part) => part === '' || part === '.' || part === '..'))
    throw new RangeError('an object whose key is no path')
  return join(folder, key)
}

/** Copies what a folder does not have yet; a file is whole or not there. */
export const bucketToFolder = async (
  store: Pick<ObjectStore, 'get' | 'list'>,
  folder: string,
  onCopied: (tally: Readonly<CopyTally>) => void,
): Promise<CopyTally> => {
  const tally = emptyTally()
  for await (const key of store.list('')) {
    const file = fileOf(folder, key)
    tally.objects += 1
    if (existsSync(file) && !changing.has(key)) continue
    const bytes = await store.get(key)
    if (bytes === null) continue
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.part`, bytes)
    renameSync(`${file}.part`, file)
    tally.copied += 1
    tally.bytes += bytes.length
    onCopied(tally)
  }
  return tally
}

/**
 * Copies what a bucket does not have; an object that is there is left as it is. The epoch is left
 * out: whoever restores says to which log the bucket belongs.
 */
export const folderToBucket = async (
  folder: string,
  store: Pick<ObjectStore, 'putNew'>,
  onCopied: (tally: Readonly<CopyTally>) => void,
): Promise<CopyTally> => {
  const tally = emptyTally()
  const names = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
    : []
  for (const entry of names) {
    const file = join(entry.parentPath, entry.name)
    const key = file.slice(folder.length + 1)
    if (!entry.isFile() || changing.has(key) || key.endsWith('.part')) continue
    const bytes = readFileSync(file)
    const type = key.endsWith('.avro') ? 'application/avro' : 'application/octet-stream'
    tally.objects += 1
    if (!(await store.putNew(key, bytes, type))) continue
    tally.copied += 1
    tally.bytes += bytes.length
    onCopied(tally)
  }
  return tally
}

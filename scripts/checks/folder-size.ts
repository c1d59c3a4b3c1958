import { basename, dirname } from 'node:path'
import { isTest, sourceFiles } from './source-files.ts'

const maxFiles = 25
/** Folders in which each file is one entry of a register. */
const registers = new Set(['mappings', 'segments', 'datatypes', 'events'])
/** One file for each command. */
const commands = 'scripts'

/** A folder with more than 25 source files, tests not counted, lacks a folder of its own inside. */
export const folderSize = async (root: string): Promise<string[]> =>
  [
    ...Map.groupBy(
      sourceFiles(root).filter((path) => !isTest(path)),
      dirname,
    ),
  ]
    .filter(
      ([folder, files]) =>
        files.length > maxFiles && folder !== commands && !registers.has(basename(folder)),
    )
    .map(([folder, files]) => `${folder} has ${files.length} source files; the most is ${maxFiles}`)

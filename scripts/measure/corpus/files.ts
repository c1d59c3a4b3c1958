import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Frame, framesOf } from './split.ts'

/**
 * Every frame of the HL7 v2 part of a corpus, files sorted by name; none if the folder does not
 * exist.
 */
export const corpusFrames = (corpusDir: string): Frame[] => {
  const dir = join(corpusDir, 'hl7v2')
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(dir, file)).isFile())
    .sort()
    .flatMap((file) => framesOf(file, readFileSync(join(dir, file))))
}

/** CORPUS_DIR, else ../shared/corpus beside the checkout. */
export const corpusDir = (env: NodeJS.ProcessEnv): string =>
  env['CORPUS_DIR'] ?? new URL('../../../../shared/corpus', import.meta.url).pathname

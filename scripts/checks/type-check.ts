import { problemsOf } from './tool.ts'

/** Errors of the TypeScript compiler. */
export const typeCheck = (root: string): Promise<string[]> =>
  problemsOf('tsc', ['--noEmit', '--pretty', 'false', '--project', root], root)

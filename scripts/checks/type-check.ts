import { problemsOf } from './tool.ts'

/** The compiler has no complaint. */
export const typeCheck = (root: string): Promise<string[]> =>
  problemsOf('tsc', ['--noEmit', '--pretty', 'false', '--project', root], root)

import { problemsOf } from './tool.ts'

/** Unused files, exports, types and dependencies, by knip.json. */
export const deadCode = (root: string): Promise<string[]> =>
  problemsOf('knip', ['--no-progress', '--no-config-hints'], root)

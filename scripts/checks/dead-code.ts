import { problemsOf } from './tool.ts'

/** No file, export, type or dependency that nothing uses, by knip.json. */
export const deadCode = (root: string): Promise<string[]> =>
  problemsOf('knip', ['--no-progress', '--no-config-hints'], root)

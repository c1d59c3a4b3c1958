import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../node_modules/.bin/', import.meta.url))

/** The checkout of this code, with its configuration files, whatever folder a check reads. */
export const checkout = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Runs a tool of this checkout in a folder.
 *
 * @param env  settings added to those of this process
 * @returns its exit code and everything it wrote
 * @throws Error if it cannot be run at all
 */
export const runTool = (
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PATH: `${bin}:${process.env['PATH']}`,
        NO_COLOR: '1',
        FORCE_COLOR: '0',
        ...env,
      },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })

/** The lines a tool wrote if it failed; none if it succeeded. */
export const problemsOf = async (
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<string[]> => {
  const { code, output } = await runTool(command, args, cwd)
  if (code === 0) return []
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  return lines.length > 0 ? lines : [`${command} ended with ${code}`]
}

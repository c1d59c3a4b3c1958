import type { SystemAddresses } from '../addresses-file.ts'
import type { Site } from './part.ts'
import type { Say } from '../processes/say.ts'

/**
 * Loads the demonstration, or shows the one that an earlier start loaded. If it fails, the system
 * stays up.
 */
export const demonstrate = async (
  addresses: SystemAddresses,
  env: NodeJS.ProcessEnv,
  { home, signal }: Site,
  say: Say,
): Promise<void> => {
  try {
    const { runDemo } = await import('../../demo/run-demo.ts')
    await runDemo(addresses, home.root, env)
  } catch (error) {
    signal.throwIfAborted()
    say(`the demonstration failed: ${(error as Error).message}`)
  }
}

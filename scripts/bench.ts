import { benchCommand } from './measure/bench/options.ts'
import { runCommand } from './operate/command-line.ts'

await runCommand(
  // The benchmark reads the command line itself; here it is only checked and explained.
  benchCommand().action(async () => {
    await import('./measure/bench/main.ts')
  }),
)

import { defineCommand, runCommand } from './operate/command-line.ts'
import { homeOf } from './stack/home.ts'
import { endHome } from './stack/processes/end-home.ts'
import { sayer } from './stack/processes/say.ts'

const stop = async (): Promise<void> => {
  const home = homeOf(process.env)
  const say = sayer()
  say(
    (await endHome(home, say))
      ? 'Tideway is stopped; its data is kept'
      : `nothing of ${home.root} was running`,
  )
}

await runCommand(
  defineCommand({
    name: 'npm stop --',
    purpose:
      'Ends everything that was started from this checkout (or with TIDEWAY_HOME) and keeps the data.',
    examples: ['npm stop'],
  }).action(stop),
)

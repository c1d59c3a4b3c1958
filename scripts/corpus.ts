import { proveCorpus } from './measure/corpus/prove-corpus.ts'
import { defineCommand, finish, runCommand } from './operate/command-line.ts'

await runCommand(
  defineCommand({
    name: 'npm run corpus --',
    purpose:
      'Sends the public test messages (CORPUS_DIR, else ../shared/corpus beside the checkout) to the sandbox of the running stack and checks answers, ledger and archive.',
    examples: ['npm run corpus', 'CORPUS_DIR=/data/corpus npm run corpus'],
  }).action(async () => finish(await proveCorpus())),
)

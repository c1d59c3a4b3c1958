import { defineCommand, finish, runCommand } from './operate/command-line.ts'
import { applySources } from './operate/sources/apply-sources.ts'
import { checkFolder } from './operate/sources/folder.ts'
import { listSources } from './operate/sources/list-sources.ts'

const command = defineCommand({
  name: 'npm run sources --',
  purpose:
    'Checks the source files and makes them the set that all services use, without a restart. SOURCES_DIR is their folder; with ENVIRONMENT=production each source must prove who it is.',
  examples: [
    'npm run sources -- check',
    'npm run sources -- apply',
    'ENVIRONMENT=production SOURCES_DIR=/etc/tideway/sources npm run sources -- list',
  ],
})

command
  .command('check')
  .description('every problem of every source file; changes nothing')
  .helpOption('--help', 'print this and do nothing else')
  .action(async () => finish(await checkFolder(process.env)))

command
  .command('apply')
  .description('check the source files, and make them the set in force; all of them, or none')
  .helpOption('--help', 'print this and do nothing else')
  .action(async () => finish(await applySources(process.env)))

command
  .command('list')
  .description('the set in force, and how the source files differ from it')
  .helpOption('--help', 'print this and do nothing else')
  .action(async () => finish(await listSources(process.env)))

await runCommand(command)

// Before every command of package.json: plain JavaScript that Node 20 runs with nothing installed.
// It writes to standard error only, because commands such as token are read by other programs.
import { missingNeeds } from './stack/needs.mjs'
import { ensureNode, installIfNeeded } from './stack/packages.mjs'

// These start Kafka and the stores, which need Java and more; npm names the script that called.
const startParts = ['prestart', 'predev', 'pretest', 'prebench', 'prechaos']
const startsParts = startParts.includes(process.env.npm_lifecycle_event ?? '')

const report = missingNeeds(process.env, startsParts)
if (report !== null) {
  process.stderr.write(`${report}\n`)
  process.exit(1)
}
try {
  installIfNeeded()
  ensureNode()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

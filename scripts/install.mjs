// Before start, test, check and reset: plain JavaScript that Node 20 runs, with nothing installed
// yet.
import { missingNeeds } from './stack/needs.mjs'
import { ensureNode, installIfNeeded } from './stack/packages.mjs'

// Checks and resets need no parts; they are told apart by the npm script that called.
const startsParts = !['precheck', 'prereset'].includes(process.env.npm_lifecycle_event ?? '')

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

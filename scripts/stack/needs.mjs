// What the machine must have before anything is downloaded, reported all at once. Plain JavaScript
// that Node 20 runs.
import { spawnSync } from 'node:child_process'

const output = (env, command, args) => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    env,
    encoding: 'utf8',
    timeout: 15_000,
  })
  return status === 0 ? `${stdout}\n${stderr}` : null
}

const javaMajor = (env) =>
  Number(/version "(\d+)/.exec(output(env, 'java', ['-version']) ?? '')?.[1] ?? 0)

const pythonRuns = 'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 10) else 1)'

const node = {
  name: 'Node 20 or later',
  there: () => Number(process.versions.node.split('.')[0]) >= 20,
  debian:
    'curl -fsSL https://deb.nodesource.com/setup_24.x | sudo bash - && sudo apt-get install -y nodejs',
  macos: 'brew install node',
}

const java = {
  name: 'Java 17 or later',
  there: (env) => javaMajor(env) >= 17,
  debian: 'sudo apt-get install -y default-jre-headless',
  macos: 'brew install --cask temurin@17',
}

const maven = {
  name: 'Maven',
  there: (env) => output(env, 'mvn', ['-v']) !== null,
  debian: 'sudo apt-get install -y maven',
  macos: 'brew install maven',
}

const python = {
  name: 'Python 3.10 or later with venv',
  there: (env) => output(env, 'python3', ['-c', pythonRuns]) !== null,
  debian: 'sudo apt-get install -y python3 python3-venv',
  macos: 'brew install python@3.13',
}

const docker = {
  name: 'a Docker engine that answers, with compose',
  there: (env) =>
    output(env, 'docker', ['info']) !== null &&
    (output(env, 'docker', ['compose', 'version']) !== null ||
      output(env, 'docker-compose', ['--version']) !== null),
  debian: 'sudo apt-get install -y docker.io docker-compose && sudo systemctl start docker',
  macos: 'brew install --cask docker && open -a Docker',
}

const table = (needs) =>
  needs
    .map(({ name, debian, macos }) => `  ${name}\n    Debian  ${debian}\n    macOS   ${macos}`)
    .join('\n')

export const needs = { node, java, maven, python, docker }

/**
 * Java runs Kafka, the registry and, without versitygw, the object store; Python runs the document
 * store if there is no other.
 */
const needsOfProcesses = (env, serves) => {
  const runsJava =
    !env.KAFKA_BROKERS || !env.SCHEMA_REGISTRY_URL || (!env.S3_ENDPOINT && !serves('versitygw'))
  const runsPython = !env.MONGODB_URL && !serves('mongod') && !serves('secantusd-rs')
  return [...(runsJava ? [java, maven] : []), ...(runsPython ? [python] : [])]
}

const choices = {
  versitygw: 'TIDEWAY_S3',
  mongod: 'TIDEWAY_MONGODB',
  'secantusd-rs': 'TIDEWAY_MONGODB',
}

/** Whether this program would serve the part: it is installed, and no other was chosen. */
const servesPart = (env, program) =>
  ['auto', program].includes(env[choices[program]] || 'auto') &&
  output(env, 'sh', ['-c', `command -v ${program}`]) !== null

/**
 * @param env          the environment; a part whose address it has is not started
 * @param startsParts  false if only Node is needed
 * @returns everything that is missing, with the commands that install it; null if nothing is
 */
export const missingNeeds = (
  env,
  startsParts,
  isThere = ({ there }) => there(env),
  serves = (program) => servesPart(env, program),
) => {
  const missing = isThere(node) ? [] : [node]
  const asked = env.TIDEWAY_STACK || 'auto'
  const all = startsParts ? needsOfProcesses(env, serves) : []
  const parts = asked === 'docker' ? [] : all.filter((need) => !isThere(need))
  const byDocker = asked === 'docker' ? all.length > 0 : asked === 'auto' && parts.length > 0
  const engine = byDocker && isThere(docker)
  if (asked === 'docker' && byDocker && !engine) missing.push(docker)
  if (!engine) missing.push(...parts)
  if (missing.length === 0) return null
  const instead =
    asked === 'auto' && parts.length > 0 && !engine
      ? `\n\nInstead of ${parts.map(({ name }) => name).join(', ')}:\n\n${table([docker])}`
      : ''
  return `Tideway needs what this machine does not have:\n\n${table(missing)}${instead}\n`
}

import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { composeCommand } from '../stack/compose.ts'
import { composeSecrets } from '../stack/kept-secret.ts'

type Service = {
  image?: string
  build?: unknown
  user?: string
  read_only?: boolean
  privileged?: boolean
  network_mode?: string
  cap_drop?: string[]
  cap_add?: string[]
  security_opt?: string[]
  ports?: (string | { host_ip?: string })[]
  environment?: Record<string, string | null>
}

/** Images whose digest is not known: their exact version has to do. */
const withoutDigest: ReadonlySet<string> = new Set([
  'apicurio/apicurio-registry:3.3.3',
  'grafana/grafana:12.1.1',
  'prom/prometheus:v3.5.0',
])

/** The value of `${NAME:-value}`, else the text itself. */
const defaultOf = (text: string): string => /^\$\{\w+:?-(.*)\}$/.exec(text)?.[1] ?? text

const isPinned = (image: string): boolean =>
  /@sha256:[0-9a-f]{64}$/.test(image) || withoutDigest.has(image)

const isSecret = (name: string): boolean =>
  /(SECRET|PASSWORD|TOKEN|PRIVATE)/.test(name) && !/_(FILE|URL|DIR)$/.test(name)

/** A secret with a value in the file: as a default of an expression, or as it is. */
const defaultSecret = ([name, value]: [string, string | null]): string[] => {
  const text = String(value ?? '')
  const isRequired = /^\$\{\w+:\?.*\}$/.test(text)
  return isSecret(name) && !isRequired && defaultOf(text) !== ''
    ? [`${name} has a value in the file: use \${${name}:?}`]
    : []
}

const publishedPort = (port: string | { host_ip?: string }): string[] =>
  (typeof port === 'string' ? port.startsWith('127.0.0.1:') : port.host_ip === '127.0.0.1')
    ? []
    : [`port ${JSON.stringify(port)} is published beyond 127.0.0.1`]

const rules: readonly [(service: Service) => boolean, string][] = [
  [({ user }) => user !== undefined && !/^(0|root)(:|$)/.test(user), 'user is not set, or is root'],
  [({ read_only }) => read_only === true, 'read_only is not true'],
  [({ cap_drop = [] }) => cap_drop.includes('ALL'), 'cap_drop is not ALL'],
  [({ cap_add = [] }) => cap_add.length === 0, 'cap_add is set'],
  [
    ({ security_opt = [] }) => security_opt.includes('no-new-privileges:true'),
    'security_opt lacks no-new-privileges:true',
  ],
  [({ privileged }) => privileged !== true, 'privileged is true'],
  [({ network_mode }) => network_mode !== 'host', 'network_mode is host'],
]

const problemsOf = (service: Service): string[] => [
  ...rules.flatMap(([holds, problem]) => (holds(service) ? [] : [problem])),
  ...(service.build === undefined &&
  service.image?.startsWith('tideway:') !== true &&
  !isPinned(defaultOf(service.image ?? ''))
    ? [`image ${service.image} has no digest`]
    : []),
  ...(service.ports ?? []).flatMap(publishedPort),
  ...Object.entries(service.environment ?? {}).flatMap(defaultSecret),
]

/** How the services of a compose file are less shut in than they could be. */
export const composeProblems = (text: string): string[] => {
  const { services = {} } = parse(text, { merge: true }) as { services?: Record<string, Service> }
  return Object.entries(services).flatMap(([name, service]) =>
    problemsOf(service).map((problem) => `docker-compose.yml: ${name}: ${problem}`),
  )
}

/** Base images of a Dockerfile without a digest; a stage of its own needs none. */
export const baseProblems = (file: string, text: string): string[] => {
  const stages = new Set([...text.matchAll(/^FROM \S+ AS (\S+)$/gm)].map(([, name]) => name))
  return [...text.matchAll(/^FROM (\S+)/gm)].flatMap(([, image = '']) =>
    stages.has(image) || isPinned(image) ? [] : [`${file}: base image ${image} has no digest`],
  )
}

/** What compose itself says of the file; nothing where it is not installed. */
const refusedByCompose = async (root: string): Promise<string[]> => {
  const [command, ...first] = (await composeCommand()) ?? []
  if (command === undefined) return []
  return new Promise((resolve) =>
    execFile(
      command,
      [...first, '--profile', 'system', '--profile', 'observe', 'config', '--quiet'],
      {
        cwd: root,
        env: { ...process.env, ...Object.fromEntries(composeSecrets.map((name) => [name, 'x'])) },
        timeout: 30_000,
      },
      (error, _out, said) =>
        resolve(
          error === null || error.code === 'ENOENT' ? [] : [`docker compose config: ${said}`],
        ),
    ),
  )
}

const dockerfiles = ['deploy/Dockerfile', 'deploy/s3/Dockerfile']

/** Problems of docker-compose.yml and the Dockerfiles, a line each. */
export const composeFile = async (root: string): Promise<string[]> => {
  const file = join(root, 'docker-compose.yml')
  if (!existsSync(file)) return ['docker-compose.yml is missing']
  return [
    ...composeProblems(readFileSync(file, 'utf8')),
    ...dockerfiles.flatMap((name) => baseProblems(name, readFileSync(join(root, name), 'utf8'))),
    ...(await refusedByCompose(root)),
  ]
}

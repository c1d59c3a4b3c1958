/** Tests may reach further than what they test; commands under scripts/ are people's tools. */
const test = String.raw`\.(test|fixture)\.ts$`
/** A package, whether its files were found or not. */
const pkg = (name) => `(^|/node_modules/)${name}(/|$)`
const io = [
  ...[
    'fs',
    'fs/promises',
    'net',
    'tls',
    'http',
    'https',
    'dgram',
    'child_process',
    'worker_threads',
  ].map((name) => `^(node:)?${name}$`),
  ...['kafkajs', '@aws-sdk', 'mongodb', 'pino', 'fastify', 'prom-client'].map(pkg),
  '^packages/(kafka|object-store|mongo|http|runtime)/',
]
const otherService = (name) => `^services/(?!${name}/)`

/** What each package may import beside itself: no package imports upwards, or in a circle. */
const packages = {
  runtime: [],
  time: [],
  xml: [],
  hl7v2: ['time', 'xml'],
  fhir: ['xml'],
  record: ['schemas', 'time', 'xml'],
  identity: ['schemas', 'time', 'record'],
  http: ['runtime'],
  kafka: ['schemas', 'runtime'],
  mongo: ['schemas', 'runtime'],
  'object-store': ['schemas', 'runtime'],
  ingest: ['schemas', 'runtime', 'kafka', 'object-store'],
}
const outside = (name, below) =>
  `^(services/|scripts/|packages/(?!(${[name, ...below].join('|')})/)${below.includes('schemas') ? '' : '|schemas/'})`

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

export default {
  forbidden: [
    rule(
      'no-cycles',
      'Two files that need each other, if only for a type, are one file, or three.',
      {},
      { circular: true },
    ),
    rule(
      'resolvable',
      'What is imported is there; a package of types alone has no file to be found.',
      {},
      { couldNotResolve: true, pathNot: '^@medplum/fhirtypes$' },
    ),
    rule(
      'declared',
      'A package is in the package.json of the workspace that imports it.',
      { path: '^(schemas|packages|services)/', pathNot: test },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    rule(
      'schemas-alone',
      'What crosses a process boundary imports no package and no service.',
      { path: '^schemas/' },
      { path: '^(packages/|services/|scripts/|@tideway/(?!schemas/))' },
    ),
    ...Object.entries(packages).map(([name, below]) =>
      rule(
        `${name}-package`,
        `packages/${name} imports only: ${below.join(', ') || 'no workspace'}.`,
        { path: `^packages/${name}/`, pathNot: test },
        { path: outside(name, below) },
      ),
    ),
    rule(
      'package-tests-alone',
      'A test of a package or of the schemas needs no service and no command; one that does belongs to the service.',
      { path: `^(packages|schemas)/.*${test}` },
      { path: '^(services|scripts)/' },
    ),
    ...[
      'hl7-ingest',
      'fhir-ingest',
      'archiver',
      'projector',
      'identity',
      'record-api',
      'issuer',
    ].map((name) =>
      rule(
        `${name}-alone`,
        'Services meet in topics and documents, not in code.',
        { path: `^services/${name}/`, pathNot: test },
        { path: otherService(name) },
      ),
    ),
    rule(
      'chart-only',
      "openChart is the only way to a patient's data, and openLedger to the ledger: no route, presenter or page imports a store.",
      {
        path: '^services/record-api/src/',
        pathNot: `^services/record-api/src/(chart|ledger|identity)/|^services/record-api/src/main\\.ts$|${test}`,
      },
      { path: '^services/record-api/src/.*store\\.ts$|^packages/mongo/' },
    ),
    rule(
      'no-scripts',
      'Services do not lean on commands.',
      { path: '^(schemas|packages|services)/', pathNot: test },
      { path: '^scripts/' },
    ),
    rule(
      'scripts-use-pure-parts',
      'Commands use the pure parts of a service (its normalising, its folds, the words of its answers), never what runs it. The bench measures parts alone.',
      { path: '^scripts/(?!measure/bench/)', pathNot: test },
      {
        path: '^services/.*(/|-)(main|store|consume|receive|server|connection|publish|commit|partitions)\\.ts$',
      },
    ),
    rule(
      'pure',
      'Mappings, segments, values, sections, fixes and folds import no I/O.',
      {
        path: '^(packages/(record|identity|hl7v2|fhir|xml|time)/|services/[^/]+/src/(mappings|segments|groups|composites|keys|datatypes|tables|values|fixes)/)',
        pathNot: test,
      },
      { path: io.join('|') },
    ),
    rule(
      'kafkajs-in-one-place',
      'Another Kafka client can replace it.',
      { path: '^(schemas|packages|services|scripts)/', pathNot: '^packages/kafka/' },
      { path: pkg('kafkajs') },
    ),
    rule(
      's3-in-one-file',
      'Another S3 client can replace it.',
      { pathNot: '^packages/object-store/' },
      { path: pkg('@aws-sdk') },
    ),
    rule(
      'mongodb-in-stores',
      'Only the connection and the stores know MongoDB.',
      {
        path: '^(schemas|packages|services)/',
        pathNot: `^packages/mongo/|[/-]store\\.ts$|${test}`,
      },
      { path: pkg('mongodb') },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    exclude: { path: ['(^|/)(\\.tideway|\\.turbo)/', '\\.d\\.m?ts$'] },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
    builtInModules: { add: [] },
  },
}

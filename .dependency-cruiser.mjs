/** Tests may reach further than what they test; commands under scripts/ are people's tools. */
const test = String.raw`\.(test|fixture)\.ts$`
/** A package, whether its files were found or not. */
const pkg = (name) => `(^|/node_modules/)${name}(/|$)`
const io = [
  ...['fs', 'fs/promises', 'net', 'tls', 'http', 'https', 'dgram', 'child_process', 'worker_threads'].map((name) => `^(node:)?${name}$`),
  ...['kafkajs', '@aws-sdk', 'mongodb', 'pino', 'fastify', 'prom-client'].map(pkg),
  '^services/shared/src/(kafka|object-store|mongo|log|metrics|registry|health)',
]
const otherService = (name) => `^(services/(?!shared/|${name}/)|@tideway/(?!shared/|schemas/|${name}/))`

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

export default {
  forbidden: [
    rule('no-cycles', 'Two files that need each other to run are one file, or three.', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    rule('resolvable', 'What is imported is there; a package of types alone has no file to be found.', {}, { couldNotResolve: true, pathNot: '^@medplum/fhirtypes$' }),
    rule('declared', 'A package is in the package.json of the workspace that imports it.', { path: '^(schemas|services)/', pathNot: test }, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),
    rule('schemas-alone', 'What crosses a process boundary knows no service and no plumbing.', { path: '^schemas/' }, { path: '^(services/|scripts/|@tideway/(?!schemas/))' }),
    rule('shared-knows-no-service', 'Shared plumbing imports no service.', { path: '^services/shared/' }, { path: otherService('shared') }),
    ...['hl7-ingest', 'fhir-ingest', 'archiver', 'projector', 'record-api', 'issuer'].map((name) =>
      rule(`${name}-alone`, 'Services meet in topics and documents, not in code.', { path: `^services/${name}/`, pathNot: test }, { path: otherService(name) }),
    ),
    rule('no-scripts', 'Services do not lean on commands.', { path: '^(schemas|services)/', pathNot: test }, { path: '^scripts/' }),
    rule(
      'scripts-use-pure-parts',
      'Commands use the pure parts of a service (its normalising, its folds, the words of its answers), never what runs it. The bench measures parts alone.',
      { path: '^scripts/(?!bench/)', pathNot: test },
      { path: '^services/(?!shared/).*(/src/|-)(main|store|consume|receive|server|connection|publish|commit|partitions)\\.ts$' },
    ),
    rule('pure', 'Mappings, segments, values, sections, fixes and folds import no I/O.', { path: '^services/[^/]+/src/(mappings|segments|values|sections|fixes|folds|entries)/', pathNot: test }, { path: io.join('|') }),
    rule('kafkajs-in-one-place', 'Another Kafka client can replace it.', { path: '^(schemas|services|scripts)/', pathNot: `^services/shared/src/kafka(-consumer)?\\.ts$` }, { path: pkg('kafkajs') }),
    rule('s3-in-one-file', 'Another S3 client can replace it.', { pathNot: '^services/shared/src/object-store\\.ts$' }, { path: pkg('@aws-sdk') }),
    rule(
      'mongodb-in-stores',
      'Only the connection and the stores know MongoDB.',
      { path: '^(schemas|services)/', pathNot: `^services/shared/src/mongo\\.ts$|[/-]store\\.ts$|${test}` },
      { path: pkg('mongodb') },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    exclude: { path: ['(^|/)(\\.tideway|\\.turbo)/', '\\.d\\.m?ts$'] },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'], extensions: ['.ts', '.mjs', '.js', '.json'] },
    builtInModules: { add: [] },
  },
}

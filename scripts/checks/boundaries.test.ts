import { expect, test } from 'vitest'
import { boundaries } from './boundaries.ts'
import { fixture } from './fixture.ts'

const imports = (what: string) => `import { b } from '${what}'\nexport const a = () => b\n`
const nothing = 'export const b = 1\n'

/** Rule, description of a violation, and a file that violates it. */
const bad: [string, string, string, string][] = [
  [
    'runtime-package',
    'a package that imports a service',
    'packages/runtime/src/a.ts',
    imports('../../../services/projector/src/there.ts'),
  ],
  [
    'record-package',
    'a package that imports one above it',
    'packages/record/src/a.ts',
    imports('../../kafka/src/there.ts'),
  ],
  [
    'identity-package',
    'matching that imports the store',
    'packages/identity/src/a.ts',
    imports('../../mongo/src/there.ts'),
  ],
  [
    'package-tests-alone',
    'a test of a package that imports a service',
    'packages/record/src/a.test.ts',
    imports('../../../services/projector/src/there.ts'),
  ],
  [
    'hl7v2-package',
    'the HL7 v2 grammar that imports our events',
    'packages/hl7v2/src/a.ts',
    imports('../../../schemas/src/there.ts'),
  ],
  [
    'projector-alone',
    'a service that imports another',
    'services/projector/src/a.ts',
    imports('../../archiver/src/there.ts'),
  ],
  [
    'record-api-alone',
    'a service that imports a third',
    'services/record-api/src/a.ts',
    imports('../../archiver/src/there.ts'),
  ],
  [
    'chart-only',
    'a route that reads the store of records',
    'services/record-api/src/http/a.ts',
    imports('../chart/store.ts'),
  ],
  [
    'chart-only',
    'a presenter that reads the store of the ledger',
    'services/record-api/src/json/a.ts',
    imports('../ledger/ledger-store.ts'),
  ],
  [
    'chart-only',
    'a page that opens the database',
    'services/record-api/src/read/a.ts',
    imports('../../../../packages/mongo/src/there.ts'),
  ],
  [
    'schemas-alone',
    'schemas that import plumbing',
    'schemas/src/a.ts',
    imports('../../packages/kafka/src/there.ts'),
  ],
  [
    'no-scripts',
    'a service that imports a command',
    'services/projector/src/b.ts',
    imports('../../../scripts/there.ts'),
  ],
  [
    'scripts-use-pure-parts',
    'a command that runs a part of a service',
    'scripts/a.ts',
    imports('../services/archiver/src/ledger-store.ts'),
  ],
  [
    'pure',
    'a mapping that reads files',
    'services/hl7-ingest/src/mappings/a.ts',
    imports('node:fs'),
  ],
  [
    'pure',
    'a segment that talks to a database',
    'services/hl7-ingest/src/segments/a.ts',
    imports('mongodb'),
  ],
  [
    'kafkajs-in-one-place',
    'kafkajs outside its files',
    'services/archiver/src/a.ts',
    imports('kafkajs'),
  ],
  [
    's3-in-one-file',
    'the S3 client outside its file',
    'services/archiver/src/b.ts',
    imports('@aws-sdk/client-s3'),
  ],
  [
    'mongodb-in-stores',
    'MongoDB outside the stores',
    'services/archiver/src/c.ts',
    imports('mongodb'),
  ],
  [
    'no-cycles',
    'two files that import each other',
    'services/archiver/src/circle.ts',
    imports('./other-half.ts'),
  ],
  [
    'no-cycles',
    'two files that need a type of each other',
    'services/archiver/src/type-a.ts',
    "import type { B } from './type-b.ts'\nexport type A = B\n",
  ],
  ['resolvable', 'a missing file', 'services/archiver/src/d.ts', imports('./nowhere.ts')],
]
const there = {
  'services/projector/src/there.ts': nothing,
  'services/archiver/src/there.ts': nothing,
  'services/archiver/src/ledger-store.ts': nothing,
  'services/archiver/src/other-half.ts':
    "import { a } from './circle.ts'\nexport const b = () => a\n",
  'services/archiver/src/type-b.ts':
    "import type { A } from './type-a.ts'\nexport type B = A | null\n",
  'services/record-api/src/chart/store.ts': nothing,
  'services/record-api/src/ledger/ledger-store.ts': nothing,
  'packages/mongo/src/there.ts': nothing,
  'packages/kafka/src/there.ts': nothing,
  'schemas/src/there.ts': nothing,
  'scripts/there.ts': nothing,
}

test('every rule finds its violation', async () => {
  const found = await boundaries(
    fixture({ ...there, ...Object.fromEntries(bad.map(([, , path, text]) => [path, text])) }),
  )
  const missed = bad.filter(
    ([rule, , path]) => !found.some((line) => line.includes(`error ${rule}: ${path} →`)),
  )
  expect(missed.map(([rule, what]) => `${rule}: ${what}`)).toEqual([])
})

test('allowed imports pass', async () => {
  const files = {
    'services/hl7-ingest/src/mappings/a.ts': imports('../datatypes/b.ts'),
    'services/hl7-ingest/src/datatypes/b.ts': nothing,
    'services/hl7-ingest/src/normalise.ts': nothing,
    'services/record-api/src/chart/store.ts': nothing,
    'services/record-api/src/chart/open-chart.ts': imports('./store.ts'),
    'services/record-api/src/http/routes.ts': imports('../chart/open-chart.ts'),
    'scripts/replay.ts': imports('../services/hl7-ingest/src/normalise.ts'),
  }
  expect(await boundaries(fixture(files))).toEqual([])
})

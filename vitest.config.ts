import { defineConfig } from 'vitest/config'

const outside = ['**/node_modules/**', '**/.tideway/**']
const int = '**/*.int.test.ts'
const e2e = '**/*.e2e.test.ts'

/**
 * The file name tells what a test costs: `x.test.ts` needs nothing, `x.int.test.ts` the real stack,
 * `x.e2e.test.ts` the whole system. The stack is started once, only if one of its tests is to run.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    teardownTimeout: 120_000,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...outside, int, e2e],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'int',
          include: [int],
          exclude: outside,
          globalSetup: './scripts/stack/test-stack.ts',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: [e2e],
          exclude: outside,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 900_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})

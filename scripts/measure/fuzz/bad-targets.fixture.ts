import type { FuzzTarget, Targets } from './target.ts'

const target =
  (check: FuzzTarget['check']): (() => Promise<FuzzTarget>) =>
  async () => ({ seeds: [Buffer.from('MSH|a')], tokens: [Buffer.from('!')], check })
const kept: string[][] = []

/** Targets that fail in ways that only another process can see, and one that does not fail. */
export const targets: Targets = {
  good: target(() => 'taken'),
  hangs: target((bytes) => {
    while (bytes.includes('!'));
    return 'taken'
  }),
  greedy: target((bytes) => {
    while (bytes.includes('!')) kept.push(Array.from({ length: 100_000 }, (_, n) => `${n}`))
    return 'taken'
  }),
}

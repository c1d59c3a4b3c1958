import { expect, test } from 'vitest'
import { commentWidth } from './comment-width.ts'
import { fixture } from './fixture.ts'

const words = (length: number) => 'word '.repeat(40).slice(0, length)

test('comments over 100 columns are found, code and addresses are not', async () => {
  const root = fixture({
    'a.ts': [
      `// ${words(97)}`,
      `// ${words(98)}`,
      `/** ${words(110)} */`,
      ` * ${words(99)}`,
      `const a = '${words(150)}'`,
      `// https://example.com/${'x'.repeat(100)}`,
    ].join('\n'),
    'b.generated.ts': `// ${words(150)}`,
  })
  expect((await commentWidth(root)).map((line) => line.split(' ')[0])).toEqual([
    'a.ts:2',
    'a.ts:3',
    'a.ts:4',
  ])
})

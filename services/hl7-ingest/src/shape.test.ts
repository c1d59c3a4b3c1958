import { expect, test } from 'vitest'
import { shapeOf } from './shape.ts'

test('gives the classes of bytes, never the bytes', () => {
  expect(shapeOf(Buffer.from('GET /jo 123 é\r\n\x00'))).toBe(
    'letter*3 space mark letter*2 space digit*3 space high*2 end*2 control',
  )
  expect(shapeOf(Buffer.alloc(1_000, 'a'))).toBe('letter*64')
  expect(shapeOf(Buffer.alloc(0))).toBe('')
})

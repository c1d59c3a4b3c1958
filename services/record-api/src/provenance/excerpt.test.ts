import { expect, test } from 'vitest'
import { excerptOf } from './excerpt.ts'

const data = 'A'.repeat(3_000)
const segment = `OBX|1|ED|PDF||^^^Base64^${data}|x|F`

test('data is abridged and marked; the text around it keeps its positions', () => {
  const { text, isAbridged, positionOf } = excerptOf(segment, 100)
  const of = (piece: string) =>
    text.slice(
      positionOf(100 + segment.indexOf(piece)),
      positionOf(100 + segment.indexOf(piece) + piece.length),
    )
  expect(isAbridged).toBe(true)
  expect(text.length).toBeLessThan(250)
  expect([of('ED'), of('|F')]).toEqual(['ED', '|F'])
  expect(of(data)).toBe(`${'A'.repeat(120)}[2880 more characters]`)
})

test('a text of words is not abridged', () => {
  const words = `OBX|1|TX|R||${'word '.repeat(1_000)}`
  expect(excerptOf(words, 0)).toMatchObject({ text: words, isAbridged: false })
})

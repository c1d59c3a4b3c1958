import { expect, test } from 'vitest'
import { isRtfText, rtfText } from './rtf-text.ts'

const head = String.raw`{\rtf1\ansi\deff0 {\fonttbl{\f0 Arial;}}`

test.each([
  [
    String.raw`${head} Margin 2\~mm. \b No malignancy\b0 .\par Size 4 x 5 mm}`,
    'Margin 2 mm. No malignancy.\nSize 4 x 5 mm',
  ],
  [String.raw`${head}caf\'e9 \u233?t\u233?}`, 'café été'],
  [String.raw`{\rtf1\ansi\ansicpg1251\deff0 \'cf\'f0\'e8\'e2\'e5\'f2}`, 'Привет'],
  [`${head}naïve 5 µg – ☃}`, 'naïve 5 µg – ☃'],
  [String.raw`${head}{\colortbl ;\red255\green0\blue0;}{\stylesheet{\s0 Normal;}}\cf1 Red}`, 'Red'],
  [String.raw`${head}{\info{\title Secret}{\author Me}}Seen}`, 'Seen'],
  [String.raw`${head}Before {\pict\pngblip 89504e470d0a}after}`, 'Before after'],
  [String.raw`${head}{\*\generator Riched20;}Text}`, 'Text'],
  [
    String.raw`${head}\trowd Sodium\cell 140\cell\row Potassium\cell 4.1\cell\row}`,
    'Sodium\t140\nPotassium\t4.1',
  ],
  [String.raw`${head}one\line two\par\par three}`, 'one\ntwo\n\nthree'],
  [
    String.raw`${head}a \{b\} c:\\\\d \lquote q\rquote  \endash  \bullet  x\_y}`,
    'a {b} c:\\\\d ‘q’ – • xy',
  ],
  [String.raw`{\rtf1\ansi\fromtext Plain\par mail}`, 'Plain\nmail'],
  [
    String.raw`{\rtf1\ansi\fromhtml1 {\*\htmltag <b>}\htmlrtf {\b\htmlrtf0 Bold\htmlrtf }\htmlrtf0 {\*\htmltag </b>}}`,
    'Bold',
  ],
])('%s', (rtf, text) => {
  expect(rtfText(rtf)).toBe(text)
})

test('a file in a code page of its own', () => {
  const bytes = Buffer.from(`${head}caf\xe9 }`, 'latin1')
  expect([isRtfText(bytes), rtfText(bytes)]).toEqual([true, 'café'])
})

test.each(['Margin 2 mm', '{ "rtf": 1 }', 'see {\\rtf1 below}', ''])('%j is no RTF', (text) => {
  expect(isRtfText(text)).toBe(false)
})

test('what cannot be read is no text', () => {
  expect(rtfText('{\\rtf9 odd')).toBeNull()
  expect(rtfText(`{\\rtf1 ${'x'.repeat(5_000_001)}}`)).toBeNull()
})

test('groups nested without end are left as sent at once', () => {
  const nested = (depth: number) => `{\\rtf1 ${'{'.repeat(depth)}x${'}'.repeat(depth)}}`
  expect(rtfText(nested(900))).toBe('x')
  expect(rtfText(nested(200_000))).toBeNull()
  expect(rtfText(`{\\rtf1 ${'\\{'.repeat(2_000)}}`)).toBe('{'.repeat(2_000))
})

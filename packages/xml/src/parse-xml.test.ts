import { describe, expect, test } from 'vitest'
import { maxDepth, parseXml, type XmlOptions } from './parse-xml.ts'
import { XmlError } from './xml-error.ts'

/** Events of a document, one a line. */
const read = (document: string, options: XmlOptions = {}): string[] => {
  const events: string[] = []
  parseXml(
    document,
    {
      open: ({ name, uri }, end) => events.push(`<${name} ${uri}@${end}`),
      text: (text) => events.push(text),
      close: ({ name }, end) => events.push(`>${name}@${end}`),
    },
    options,
  )
  return events
}
const codeOf = (document: string, options: XmlOptions = {}): string => {
  try {
    read(document, options)
    return 'read'
  } catch (error) {
    return error instanceof XmlError ? error.code : 'another error'
  }
}
const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`

test('elements, text, CDATA and references in order, names resolved', () => {
  expect(read('<x:a xmlns:x="urn:a">1 &lt; 2<b/><![CDATA[<c>]]>&#233;</x:a>')).toEqual([
    '<x:a urn:a@0',
    '1 < 2',
    '<b @0',
    '>b@0',
    '<c>',
    'é',
    '>x:a@0',
  ])
})

test('positions are counted in UTF-16 units, whatever the line ends', () => {
  const document = '<a>😀\r\n<b c="1"/></a>'
  const events = read(document, { positions: true })
  expect(events).toContain(`<b @${document.indexOf('/>') + 2}`)
  expect(events.at(-1)).toBe(`>a@${document.length}`)
})

test(`${maxDepth} elements within each other are read, one more is not`, () => {
  expect(codeOf(nested(maxDepth))).toBe('read')
  expect(codeOf(nested(maxDepth + 1))).toBe('TOO_DEEP')
})

describe('document types', () => {
  const external = '<!DOCTYPE a SYSTEM "a.dtd"><a/>'
  const declaring = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'

  test('are refused', () => {
    expect(codeOf(external)).toBe('DOCTYPE')
    expect(codeOf(declaring)).toBe('DOCTYPE')
  })

  test('are accepted by name if asked, and never with declarations', () => {
    expect(codeOf(external, { allowExternalDtd: true })).toBe('read')
    expect(codeOf(declaring, { allowExternalDtd: true })).toBe('DOCTYPE')
  })
})

test.each(['', '<a', '<a></b>', '<a>&b;</a>', '<a>&constructor;</a>', '<a/><b/>', '<b:a/>', 'a'])(
  '%s is not well-formed',
  (document) => expect(codeOf(document)).toBe('NOT_WELL_FORMED'),
)

test('reading ends when a handler has seen enough, or throws', () => {
  let seen = 0
  const open = () => {
    seen += 1
  }
  const handlers = { open, text: () => undefined, close: () => undefined }
  const long = `<a>${'<b>text</b>'.repeat(10_000)}`
  parseXml(long, { ...handlers, isDone: () => seen > 10 })
  expect(seen).toBeLessThan(5_000)
  const stop = () => {
    throw new RangeError('enough')
  }
  expect(() => parseXml('<a/>', { ...handlers, open: stop })).toThrow(RangeError)
})

import { SaxesParser } from 'saxes'
import { isSegmentName } from '../lexer/lines.ts'

/** An element with what is in it, in order. */
export type Element = {
  /** Without its prefix. */
  name: string
  /** Of the message's own namespace. */
  isOwn: boolean
  /** Attribute V of `<escape V=".br"/>`; empty elsewhere. */
  v: string
  content: (string | Element)[]
}

/** What the reader of a document is told; whatever it throws ends the reading. */
export type Reader = {
  /** A whole segment, or an element where no segment can be. */
  element: (element: Element, isSegment: boolean) => void
  /** Text that stands between segments. */
  text: (text: string) => void
  /** Asked now and then: nothing more is wanted. */
  isDone: () => boolean
}

/** The document is not read on. */
export class NotReadable extends Error {
  override readonly name = 'NotReadable'
}

/** Elements within elements. The deepest structure of the standard has ten. */
const deepest = 64
/** Characters given to the parser at once. */
const step = 16_384
const namespaces = new Set(['', 'urn:hl7-org:v2xml'])

/** The five of XML itself. */
const entities = (): Record<string, string> =>
  Object.assign(Object.create(null), { amp: '&', gt: '>', lt: '<', quot: '"', apos: "'" })

/**
 * Reads a document of the XML encoding, segment by segment. Whatever holds a segment is a group,
 * known or not.
 *
 * A document type may be named, and is never fetched; one that declares anything is refused, so
 * there are no entities to expand.
 *
 * @throws NotReadable, or an Error of the parser: no XML, or not of HL7 v2's namespace
 */
export const readElements = (document: string, reader: Reader): void => {
  const parser = new SaxesParser({ xmlns: true, position: false })
  const open: Element[] = []
  let groups = 0
  let namespace = ''
  parser.ENTITIES = entities()
  parser.on('doctype', (type) => {
    if (type.includes('[')) throw new NotReadable('a document type that declares')
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (groups === 0) namespace = uri
    if (!namespaces.has(namespace) || groups + open.length >= deepest)
      throw new NotReadable('another namespace, or too deep')
    const element: Element = {
      name: local,
      isOwn: uri === namespace,
      v: attributes['V']?.value ?? '',
      content: [],
    }
    const parent = open.at(-1)
    if (parent === undefined && (groups === 0 || (element.isOwn && !isSegmentName(local)))) {
      groups += 1
      return
    }
    parent?.content.push(element)
    open.push(element)
  })
  const onText = (text: string) => {
    const parent = open.at(-1)
    if (parent !== undefined) parent.content.push(text)
    else if (groups > 0) reader.text(text)
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', () => {
    const element = open.pop()
    if (element === undefined) groups -= 1
    else if (open.length === 0)
      reader.element(element, element.isOwn && isSegmentName(element.name))
  })
  for (let at = 0; at < document.length && !reader.isDone(); at += step)
    parser.write(document.slice(at, at + step))
  if (!reader.isDone()) parser.close()
}

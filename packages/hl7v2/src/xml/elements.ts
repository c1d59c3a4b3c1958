import { parseXml } from '@tideway/xml/parse-xml'
import { isSegmentName } from '../lexer/lines.ts'

/** An element of a segment, with its content in order. */
export type Hl7Element = {
  /** Without its prefix. */
  name: string
  /** Whether it is in the namespace of the root. */
  isOwn: boolean
  /** Attribute V of `<escape V=".br"/>`; empty elsewhere. */
  v: string
  content: (string | Hl7Element)[]
}

/** Receives the segments of a document; an exception stops the parser. */
export type SegmentReader = {
  /** A complete segment, or an element in its place. */
  element: (element: Hl7Element, isSegment: boolean) => void
  /** Text between segments. */
  text: (text: string) => void
  /** Whether the rest of the document is not needed. */
  isDone: () => boolean
}

/** The document is not an HL7 v2 message in XML. */
export class NotReadable extends Error {
  override readonly name = 'NotReadable'
}

const namespaces = new Set(['', 'urn:hl7-org:v2xml'])

/**
 * Reads a document of the XML encoding, segment by segment. Any other element that holds segments
 * is a group. A document type may name a DTD, as HL7 v2.3.1 schemas do; one with declarations is
 * rejected.
 *
 * @throws NotReadable if the namespace is not that of HL7 v2
 * @throws XmlError as `parseXml`
 */
export const readElements = (document: string, reader: SegmentReader): void => {
  const open: Hl7Element[] = []
  let groups = 0
  let namespace = ''
  parseXml(
    document,
    {
      open: ({ local, uri, attributes }) => {
        if (groups === 0) namespace = uri
        if (!namespaces.has(namespace)) throw new NotReadable('another namespace')
        const element: Hl7Element = {
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
      },
      text: (text) => {
        const parent = open.at(-1)
        if (parent !== undefined) parent.content.push(text)
        else if (groups > 0) reader.text(text)
      },
      close: () => {
        const element = open.pop()
        if (element === undefined) groups -= 1
        else if (open.length === 0)
          reader.element(element, element.isOwn && isSegmentName(element.name))
      },
      isDone: reader.isDone,
    },
    { allowExternalDtd: true },
  )
}

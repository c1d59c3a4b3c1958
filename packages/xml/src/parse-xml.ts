import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes'
import { XmlError } from './xml-error.ts'

export type XmlAttribute = Pick<SaxesAttributeNS, 'local' | 'uri' | 'value'>
/** `name` is as written; `local` and `uri` are its parts by XML Namespaces 1.0. */
export type XmlTag = Pick<SaxesTagNS, 'name' | 'local' | 'uri' | 'attributes' | 'isSelfClosing'>

/** Receives the document in order; whatever a handler throws ends the reading. */
export type XmlHandlers = {
  /** @param end  index after the `>` of the tag; 0 without `positions` */
  open: (tag: XmlTag, end: number) => void
  /** Character data and CDATA alike, with references resolved. */
  text: (text: string) => void
  /** @param end  as in `open`; of an empty-element tag the same index */
  close: (tag: XmlTag, end: number) => void
  /** Whether the rest of the document is of no interest. */
  isDone?: () => boolean
}

export type XmlOptions = {
  /** Accepts a document type that names a DTD. It is not fetched. */
  allowExternalDtd?: true
  /** Tracks positions, in UTF-16 units; slower. */
  positions?: true
}

/** Elements within elements. The deepest structure of HL7 v2 has ten. */
export const maxDepth = 64
/** Characters given to the parser between two looks at `isDone`. */
const step = 16_384

/** The five of XML itself; without a prototype, so that `&constructor;` is unknown. */
const entities = (): Record<string, string> =>
  Object.assign(Object.create(null), { amp: '&', gt: '>', lt: '<', quot: '"', apos: "'" })

/**
 * Reads an XML document with namespaces. No declaration of a document type is evaluated, so there
 * are no entities to expand and nothing is fetched.
 *
 * @throws XmlError NOT_WELL_FORMED, DOCTYPE or TOO_DEEP
 * @see XML 1.0, fifth edition; XML Namespaces 1.0
 */
export const parseXml = (
  document: string,
  { open, text, close, isDone }: XmlHandlers,
  { allowExternalDtd, positions }: XmlOptions = {},
): void => {
  const parser = new SaxesParser({ xmlns: true, position: positions === true })
  const end = positions === true ? () => parser.position : () => 0
  let depth = 0
  parser.ENTITIES = entities()
  parser.on('error', (cause) => {
    throw new XmlError('NOT_WELL_FORMED', { cause })
  })
  parser.on('doctype', (declaration) => {
    if (allowExternalDtd !== true || declaration.includes('[')) throw new XmlError('DOCTYPE')
  })
  parser.on('opentag', (tag) => {
    depth += 1
    if (depth > maxDepth) throw new XmlError('TOO_DEEP')
    open(tag, end())
  })
  parser.on('text', text)
  parser.on('cdata', text)
  parser.on('closetag', (tag) => {
    depth -= 1
    close(tag, end())
  })
  if (isDone === undefined) {
    parser.write(document).close()
    return
  }
  for (let at = 0; at < document.length && !isDone(); at += step)
    parser.write(document.slice(at, at + step))
  if (!isDone()) parser.close()
}

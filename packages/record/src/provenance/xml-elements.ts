import { SaxesParser } from 'saxes'

/**
 * An element where it stands: from its `<` to after its last `>`, and what is between its tags.
 * Positions count UTF-16 units.
 */
export type XmlElement = {
  /** Without its prefix. */
  readonly name: string
  readonly namespace: string
  readonly start: number
  readonly end: number
  readonly innerStart: number
  readonly innerEnd: number
  readonly attributes: ReadonlyMap<string, string>
  readonly content: readonly (string | XmlElement)[]
}

type Open = { -readonly [K in keyof XmlElement]: XmlElement[K] } & {
  content: (string | XmlElement)[]
}

/** Elements within elements. */
const deepest = 128

/**
 * The elements of a document. A document type that declares anything is refused, so there are no
 * entities to expand.
 *
 * @returns null if it is no well-formed XML
 */
export const xmlElementIn = (text: string): XmlElement | null => {
  const document = text.trimStart()
  const before = text.length - document.length
  const parser = new SaxesParser({ xmlns: true, position: true })
  const open: Open[] = []
  let root: XmlElement | null = null
  const here = () => before + parser.position
  const tagStart = () => text.lastIndexOf('<', here() - 1)
  parser.on('doctype', (type) => {
    if (type.includes('[')) throw new Error('a document type that declares')
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (open.length >= deepest) throw new Error('too deep')
    const values = new Map(
      Object.values(attributes).map((attribute) => [attribute.local, attribute.value]),
    )
    open.push({
      name: local,
      namespace: uri,
      start: tagStart(),
      end: 0,
      innerStart: here(),
      innerEnd: here(),
      attributes: values,
      content: [],
    })
  })
  const onText = (found: string) => open.at(-1)?.content.push(found)
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', ({ isSelfClosing }) => {
    const element = open.pop() as Open
    element.end = here()
    if (!isSelfClosing) element.innerEnd = tagStart()
    const parent = open.at(-1)
    if (parent === undefined) root = element
    else parent.content.push(element)
  })
  try {
    parser.write(document).close()
  } catch {
    return null
  }
  return root
}

import { parseXml, type XmlOptions, type XmlTag } from '@tideway/xml/parse-xml'

/**
 * An element and its place in the document: from its `<` to after its last `>`, and between its
 * tags. Positions count UTF-16 units.
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

/**
 * The root element of a document, with all its content.
 *
 * @returns null if it is not well-formed, too deep, or has a document type that is refused
 */
export const xmlElementIn = (
  text: string,
  { allowExternalDtd }: Pick<XmlOptions, 'allowExternalDtd'> = {},
): XmlElement | null => {
  const document = text.trimStart()
  const before = text.length - document.length
  const open: Open[] = []
  let root: XmlElement | null = null
  const tagStart = (end: number) => text.lastIndexOf('<', end - 1)
  const handlers = {
    open: ({ local, uri, attributes }: XmlTag, position: number) => {
      const end = before + position
      open.push({
        name: local,
        namespace: uri,
        start: tagStart(end),
        end: 0,
        innerStart: end,
        innerEnd: end,
        attributes: new Map(Object.values(attributes).map((one) => [one.local, one.value])),
        content: [],
      })
    },
    text: (found: string) => void open.at(-1)?.content.push(found),
    close: ({ isSelfClosing }: XmlTag, position: number) => {
      const element = open.pop() as Open
      element.end = before + position
      if (!isSelfClosing) element.innerEnd = tagStart(element.end)
      const parent = open.at(-1)
      if (parent === undefined) root = element
      else parent.content.push(element)
    },
  }
  try {
    parseXml(document, handlers, {
      positions: true,
      ...(allowExternalDtd === undefined ? {} : { allowExternalDtd }),
    })
  } catch {
    return null
  }
  return root
}

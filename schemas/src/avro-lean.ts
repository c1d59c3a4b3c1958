import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

type Tap = { buf: Buffer; pos: number; writeString: (text: string) => void; writeLong: (value: number) => void }
type Type = { typeName: string; _write: (tap: Tap, value: unknown) => void }
type Union = Type & { types: readonly Type[] }

const { Tap: TapType } = require('avsc/lib/utils.js') as { Tap: { prototype: Tap } }
const { builtins } = require('avsc/lib/types.js') as { builtins: { UnwrappedUnionType: { prototype: Union } } }

/** Longest text whose length takes one byte as a zigzag varint. */
const shortText = 63
const asciiEnd = 0x80

/**
 * Importing this makes avsc write what our events are made of, short ASCII texts and optional values, without asking for the byte length
 * first and without looking up the kind of each value: a third less work a record. The bytes are the same; a test holds one against the other.
 */
const writeString = TapType.prototype.writeString
TapType.prototype.writeString = function (text) {
  if (typeof text !== 'string' || text.length > shortText) return writeString.call(this, text)
  const { buf, pos } = this
  let at = pos + 1
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code >= asciiEnd) return writeString.call(this, text)
    buf[at++] = code
  }
  buf[pos] = text.length << 1
  this.pos = at
}

const union = builtins.UnwrappedUnionType.prototype
const writeUnion = union._write
union._write = function (tap, value) {
  const { types } = this
  if (types.length !== 2 || types[0]?.typeName !== 'null') return writeUnion.call(this, tap, value)
  if (value === undefined) return writeUnion.call(this, tap, value)
  tap.writeLong(value === null ? 0 : 1)
  if (value !== null) types[1]?._write(tap, value)
}

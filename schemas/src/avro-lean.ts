import { createRequire } from 'node:module'
import { writeShortText } from './short-text.ts'

const require = createRequire(import.meta.url)

type Tap = { buf: Buffer; pos: number; writeString: (text: string) => void; writeLong: (value: number) => void }
type Type = { typeName: string; _write: (tap: Tap, value: unknown) => void }
type Union = Type & { types: readonly Type[] }

const { Tap: TapType } = require('avsc/lib/utils.js') as { Tap: { prototype: Tap } }
const { builtins } = require('avsc/lib/types.js') as { builtins: { UnwrappedUnionType: { prototype: Union } } }

/**
 * Importing this makes avsc write what our events are made of, short ASCII texts and optional values, without asking for the byte length
 * first and without looking up the kind of each value: a third less work a record. The bytes are the same; a test holds one against the other.
 */
const writeString = TapType.prototype.writeString
TapType.prototype.writeString = function (text) {
  const end = typeof text === 'string' ? writeShortText(this.buf, this.pos, text) : -1
  if (end === -1) return writeString.call(this, text)
  this.pos = end
}

const union = builtins.UnwrappedUnionType.prototype
const writeUnion = union._write
union._write = function (tap, value) {
  const { types } = this
  if (value === undefined || types.length !== 2 || types[0]?.typeName !== 'null') return writeUnion.call(this, tap, value)
  tap.writeLong(value === null ? 0 : 1)
  if (value !== null) types[1]?._write(tap, value)
}

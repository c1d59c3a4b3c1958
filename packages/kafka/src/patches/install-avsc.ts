import { createRequire } from 'node:module'
import { avscPatches } from '../config.ts'
import { writeShortText } from './write-short-text.ts'

const require = createRequire(import.meta.url)

type Tap = { buf: Buffer; pos: number; writeString: (text: string) => void }
type Write = (tap: Tap, value: unknown) => void
type Type = { typeName: string; _write: Write; toBuffer: (value: unknown) => Buffer }
type Union = Type & { types: readonly Type[] }
type Field = { name: string; type: Type; defaultValue: () => unknown }

const { Tap: TapType } = require('avsc/lib/utils.js') as { Tap: { prototype: Tap } }
const { builtins } = require('avsc/lib/types.js') as {
  builtins: { RecordType: { prototype: { fields: readonly Field[]; _createWriter: () => Write } } }
}

/** The version the changes were written for and tested with. */
export const patchedAvscVersion = '5.7.9'

/**
 * Writes short ASCII text without computing its byte length first. The bytes are the same; a test
 * compares them.
 */
const replaceWriteString = (): void => {
  const writeString = TapType.prototype.writeString
  TapType.prototype.writeString = function (text) {
    const end = typeof text === 'string' ? writeShortText(this.buf, this.pos, text) : -1
    if (end === -1) return writeString.call(this, text)
    this.pos = end
  }
}

const isOptional = (type: Type): type is Union => {
  const { types } = type as Union
  return type.typeName === 'union:unwrapped' && types.length === 2 && types[0]?.typeName === 'null'
}

/**
 * The statement that writes one field. Most fields of an event are null or empty, which is one
 * byte.
 */
const statementFor = ({ name, type, defaultValue }: Field, at: number): string => {
  const otherwise = isOptional(type)
    ? `{ t.buf[t.pos++] = 2; present${at}._write(t, v) }`
    : `type${at}._write(t, v)`
  const missing = `else if (v === undefined) ${defaultValue() === undefined ? `type${at}._write(t, v)` : `t.writeFixed(default${at}, default${at}.length)`}`
  const short = isOptional(type)
    ? 'v === null'
    : type.typeName === 'array'
      ? 'Array.isArray(v) && v.length === 0'
      : 'false'
  return `v = r.${name}; if (${short}) t.buf[t.pos++] = 0; ${missing}; else ${otherwise}`
}

/**
 * avsc compiles a writer for each record type; this compiles one that writes optional fields and
 * empty arrays itself.
 */
const replaceRecordWriter = (): void => {
  builtins.RecordType.prototype._createWriter = function () {
    const known = this.fields.flatMap(({ type, defaultValue }, at): [string, unknown][] => [
      [`type${at}`, type],
      [`present${at}`, isOptional(type) ? type.types[1] : null],
      [`default${at}`, defaultValue() === undefined ? null : type.toBuffer(defaultValue())],
    ])
    const body = `return function (t, r) { var v; ${this.fields.map(statementFor).join('\n')} }`
    return new Function(...known.map(([name]) => name), body)(
      ...known.map(([, value]) => value),
    ) as Write
  }
}

// Importing this before a schema is parsed patches avsc; see README.md.
if (avscPatches.has('record-writer')) {
  replaceWriteString()
  replaceRecordWriter()
}

import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { componentTypes, fieldTypes } from './data-types.fixture.ts'
import { type Dice, diceOf, type Make, type Marker, markersOf } from './marker.fixture.ts'
import { folder } from './normalise.fixture.ts'

/** A message in which every generated value is a marker. */
export type Marked = { text: string; markers: Marker[] }

/** Fields that decide what the message is: mostly as the sample has them. */
const deciding: Readonly<Record<string, readonly number[]>> = {
  MSH: Array.from({ length: 30 }, (_, n) => n),
  EVN: [1, 2],
  PID: [3, 7],
  PV1: [2, 19, 44],
  MRG: [1],
  ORC: [1, 2, 3],
  OBR: [2, 3, 4, 25],
  OBX: [2, 3, 5, 11],
  TXA: [2, 12],
  SCH: [1, 2],
  RXA: [3, 5],
  RXE: [2],
  RXO: [1],
  RXD: [2, 3],
  RXG: [4],
  AL1: [3],
  IAM: [3, 6],
  DG1: [3],
  PR1: [3],
  PRB: [1, 2, 3, 4],
  BPO: [2],
  BPX: [2, 3, 5, 6],
  BTX: [2, 3, 5, 11],
  RF1: [6],
  NTE: [3],
}

/** Never a marker: they number segments. */
const numbering =
  /^(PID|PV1|OBR|OBX|NTE|SPM|NK1|AL1|DG1|PR1|IAM|IN1|GT1|FT1|TQ1|TQ2|RGS|AIS|AIG|AIL|AIP|TXA|ARV|DB1|CON|BPO|BPX|BTX)-1$|^MSA-[12]$|^RXA-[12]$|^EVN-1$|^XYZ-1$/

/** The samples of one source. */
export const sampleTexts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.startsWith('x99/') && file.endsWith('.hl7'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .filter((text) => text.startsWith('MSH|^~\\&|'))

const samples = sampleTexts.map((text) => text.split(/[\r\n]+/).filter((line) => line !== ''))

const extra = [...fieldTypes.keys()].filter((name) => name !== 'PID' && name !== 'MRG')

const separators = ['^', '&'] as const

/** A value of any type: some or all of its components. */
const partsOf = (
  type: string,
  place: string,
  name: string,
  level: number,
  make: Make,
  dice: Dice,
): string => {
  if (type === 'CD') return ''
  const types = componentTypes.get(type)
  if (types === undefined) return make.value(type, place, name)
  const separator = separators[level]
  if (separator === undefined) return make.value('ST', place, name)
  const last = dice.next(4) === 0 ? 1 : 1 + dice.next(types.length)
  return Array.from({ length: last }, (_, n) =>
    dice.next(6) === 0
      ? ''
      : partsOf(types[n] as string, `${place}.${n + 1}`, `${name}.${n + 1}`, level + 1, make, dice),
  ).join(separator)
}

const fieldOf = (type: string, place: string, name: string, make: Make, dice: Dice): string => {
  const times = type.endsWith('*') || dice.next(12) === 0 ? 1 + dice.next(2) : 1
  return Array.from({ length: times }, (_, n) =>
    partsOf(
      type.replace('*', ''),
      times === 1 ? place : `${place}[${n + 1}]`,
      `${name}${n === 0 ? '' : '~'}`,
      0,
      make,
      dice,
    ),
  ).join('~')
}

const segmentOf = (line: string, nth: number, make: Make, dice: Dice): string => {
  const [name = '', ...sent] = line.split('|')
  const types = fieldTypes.get(name) ?? []
  if (name === 'MSH') return line
  const last = Math.max(1, sent.length, dice.next(types.length + 3))
  const fields = Array.from({ length: last }, (_, index) => {
    const field = index + 1
    const asSent = sent[index] ?? ''
    const isKept = deciding[name]?.includes(field) ? dice.next(20) > 0 : dice.next(8) === 0
    if (isKept || numbering.test(`${name}-${field}`)) return asSent
    if (dice.next(4) === 0) return ''
    return fieldOf(types[index] ?? 'ST', `${name}[${nth}]-${field}`, `${name}-${field}`, make, dice)
  })
  return [name, ...fields].join('|')
}

/** The message of one sample and seed: its segments and a few others, filled with markers. */
export const markedMessage = (sample: number, seed: number): Marked => {
  const dice = diceOf(seed)
  const lines = [...(samples[sample] ?? [])]
  for (let more = dice.next(4); more > 0; more--)
    lines.splice(2 + dice.next(lines.length - 1), 0, extra[dice.next(extra.length)] as string)
  const make = markersOf()
  const counts = new Map<string, number>()
  const segments = lines.map((line) => {
    const name = line.slice(0, 3)
    const nth = (counts.get(name) ?? 0) + 1
    counts.set(name, nth)
    return segmentOf(line, nth, make, dice)
  })
  return { text: `${segments.join('\r')}\r`, markers: make.markers }
}

export const sampleCount = samples.length

/** A sample of any message type and a seed. */
export const anyMessage = fc.record({
  sample: fc.nat(sampleCount - 1),
  seed: fc.nat(2 ** 31 - 1),
})

import { readFileSync } from 'node:fs'
import type { Source } from '@tideway/schemas/source'
import { loadMappings } from './load-mappings.ts'
import { normalise } from './normalise.ts'

export const folder = new URL('../../samples/', import.meta.url)
export const x99 = JSON.parse(readFileSync(new URL('x99/source.json', folder), 'utf8')) as Source
export const xl1 = JSON.parse(readFileSync(new URL('xl1/source.json', folder), 'utf8')) as Source
export const mappings = await loadMappings()
export const receivedAt = 1_782_900_000_000_000
export const given = (content: string | Buffer, source = x99, production = false) =>
  normalise({ source, bytes: Buffer.from(content as string), receivedAt }, mappings, { production })
export const problemOf = (content: string, source = x99) => {
  const { problem } = given(content, source)
  return problem === null ? null : `${problem.code} ${problem.place}`
}

export const msh = (type: string) => `MSH|^~\\&|PAS|X99|T|S|20260701091500||${type}|1|P|2.4\r`
export const pid = 'PID|1||1002003^^^X99^MR~9991001018^^^NHS^NH||ONEILL^SIOBHAN||20190412|F\r'
export const pv1 = 'PV1|1|I|PICU||||||||||||||||V1\r'
export const a01 = `${msh('ADT^A01')}EVN|A01|20260701091455\r${pid}${pv1}`
export const oru = `${msh('ORU^R01')}${pid}`
export const obr = 'OBR|1||F1|UE|||202607011005\r'

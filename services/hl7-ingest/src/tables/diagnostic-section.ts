import { translate } from './translate.ts'
import type { Source } from '@tideway/schemas/source'

const words: Record<string, readonly string[]> = {
  LABORATORY: [
    'BG',
    'BLB',
    'CG',
    'CH',
    'GE',
    'HM',
    'IMM',
    'LAB',
    'MB',
    'MCB',
    'MYC',
    'OSL',
    'PAR',
    'SR',
    'TX',
    'URN',
    'VR',
  ],
  PATHOLOGY: ['CP', 'PAT', 'SP'],
  IMAGING: ['CT', 'CUS', 'IMG', 'NMR', 'NMS', 'OUS', 'RAD', 'RUS', 'RX', 'VUS', 'XRC'],
  CARDIOLOGY: ['CTH', 'EC'],
  EXAM: ['AU', 'EN', 'PF'],
  THERAPY: ['OT', 'PT', 'RC', 'RT'],
}
const sections = new Map(
  Object.entries(words).flatMap(([word, codes]) => codes.map((code) => [code, word] as const)),
)

/** Imaging sections that imply the modality. */
const modalities = new Set(['CT', 'CUS', 'NMR', 'NMS', 'OUS', 'RUS', 'RX', 'VUS', 'XRC'])

/**
 * Category of a report by its diagnostic service section (OBR-24); as sent if in no table. HL7
 * table 0074.
 */
export const categoryOf = (section: string | null, source: Source): string | null =>
  translate(source, 'OBR-24', section, sections)

/** The modality a section implies; null if none. */
export const modalityOf = (section: string | null): string | null =>
  section !== null && modalities.has(section) ? section : null

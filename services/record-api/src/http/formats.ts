import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import Format from 'typebox/format'
import { readCursor } from '../chart/cursor.ts'
import { isFilterTime } from '../ledger/message-filters.ts'
import { readItemCursor } from '../identity/item-cursor.ts'
import { readLedgerCursor } from '../ledger/ledger-cursor.ts'
import { fieldPath } from '../provenance/fields.ts'
import { isRealDay } from '@tideway/time/calendar'

/**
 * String formats of request schemas: the test, and the reason given when it fails. Space around a
 * value is ignored.
 */
export const formats = {
  'nhs-number': {
    is: (text) => nhsNumberOf(text) !== null,
    reason: 'is not an NHS number: ten digits whose last is the modulus 11 check digit',
  },
  date: { is: isRealDay, reason: 'is not a day that exists, as YYYY-MM-DD' },
  'ods-code': { is: (text) => /^[A-Za-z0-9]{1,12}$/.test(text), reason: 'is not an ODS code' },
  'control-id': {
    is: (text) => text.length > 0 && text.length <= 199,
    reason: 'is not an MSH-10',
  },
  'entry-cursor': {
    is: (text) => readCursor(text) !== null,
    reason: 'is not a cursor of this service',
  },
  'message-cursor': {
    is: (text) => readLedgerCursor(text) !== null,
    reason: 'is not a cursor of this service',
  },
  'item-cursor': {
    is: (text) => readItemCursor(text) !== null,
    reason: 'is not a cursor of this service',
  },
  'filter-time': {
    is: isFilterTime,
    reason: 'is not a time such as 2026-11-22T09:30:00Z',
  },
  'entry-field': {
    is: (text) => text.length <= 200 && fieldPath(text) !== null,
    reason: 'is not a field of an entry, e.g. observations[3].value',
  },
} as const satisfies Record<string, { is: (text: string) => boolean; reason: string }>

export type FormatName = keyof typeof formats

/** Makes the formats known to TypeBox, which has one register for the process. */
export const registerFormats = (): void => {
  for (const [name, { is }] of Object.entries(formats)) Format.Set(name, (text) => is(text.trim()))
}

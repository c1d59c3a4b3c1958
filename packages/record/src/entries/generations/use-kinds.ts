import type { DocumentVersion, Stated } from '@tideway/schemas/documents/entry'
import type { StatementKind } from '@tideway/schemas/documents/statement'
import type { Coded } from '@tideway/schemas/events.generated'
import { codeName } from '../../keys/business-key.ts'
import { sentAtOf } from '../version.ts'

/** What a statement says of which use of a number it is about. */
export type Use = {
  /** Date of the thing itself, such as when it was ordered; null if it does not say. */
  date: string | null
  /** What it is for, in a word. */
  service: string | null
  /** It can begin one, as a new order does and its cancellation does not. */
  begins: boolean
  /** When it was told, milliseconds. */
  told: number
  /**
   * Who said it and in which segment: a pharmacy encodes an order (RXE) as another product than the
   * one asked for (RXO).
   */
  by: string
  /** Of a document of HL7 v2: what tells it from another with its number; absent of all else. */
  document?: DocumentFacts
}

/** What TXA says of which document it is. */
type DocumentFacts = { title: string | null; visit: string | null }

export type Told = Stated | DocumentVersion
export type UseKind = 'document' | Extract<StatementKind, keyof typeof uses>

/** A response is about an order there is; so is what follows a referral. */
const isNew = ({
  control,
  response,
  trigger = null,
}: Pick<Stated<'request'>, 'control' | 'response'> & { trigger?: string | null }): boolean =>
  (control === null || control === 'NW') &&
  response == null &&
  (trigger === null || trigger === 'REFERRED')

/** Added by its action code, or without one; an update (U) may correct what it is to. */
const isAdded = ({ action }: { action: string | null }): boolean =>
  action === null || ['A', 'AD'].includes(action.trim().toUpperCase())

const plain = (words: string | null): string | null => words?.trim().toLowerCase() ?? null
const wordsIn = (code: Coded | null): string | null => plain(codeName(code))

/** Kinds of entry whose numbers may be used again, and what their statements say of it. */
const uses = {
  request: (one: Stated<'request'>) => ({
    date: one.requestedAt,
    service: codeName(one.service),
    begins: isNew(one) && (one.action === null || one.action === 'A'),
  }),
  prescription: (one: Stated<'prescription'>) => ({
    date: one.prescribedAt ?? one.startAt,
    service: codeName(one.medication),
    begins: isNew(one) && one.kind === 'prescription',
  }),
  appointment: (one: Stated<'appointment'>) => ({
    date: one.startAt,
    service: null,
    begins: one.trigger === null || one.trigger === 'BOOKED',
  }),
  dispense: (one: Stated<'dispense'>) => ({ date: one.dispensedAt, service: null, begins: true }),
  administration: (one: Stated<'administration'>) => ({
    date: one.givenAt,
    service: null,
    begins: true,
  }),
  immunization: (one: Stated<'immunization'>) => ({
    date: one.givenAt,
    service: codeName(one.code),
    begins: isAdded(one),
  }),
  allergy: (one: Stated<'allergy'>) => ({
    date: null,
    service: wordsIn(one.code),
    begins: isAdded(one),
  }),
  condition: (one: Stated<'condition'>) => ({
    date: null,
    service: wordsIn(one.code) ?? one.text,
    begins: isAdded(one),
  }),
} as const

/**
 * Kinds that are what they are to: penicillin does not become aspirin, whatever number both have.
 * Some senders number the allergies of each message from 1.
 */
export const isOneThing = (kind: UseKind): boolean => kind === 'allergy' || kind === 'condition'

/** A document message (MDM) names its type (TXA-2); a resource of FHIR may correct what it is. */
const documentUse = (one: DocumentVersion): Omit<Use, 'told' | 'by'> => {
  const isOfMessage = one.place.startsWith('TXA')
  return {
    date: one.originatedAt ?? one.at,
    service: isOfMessage ? plain(one.documentType ?? null) : null,
    begins: one.trigger === null || one.trigger === 'ORIGINAL',
    ...(isOfMessage ? { document: documentFacts(one) } : {}),
  }
}

const documentFacts = ({ title, encounterId }: DocumentVersion): DocumentFacts => ({
  title: plain(title),
  visit: encounterId,
})

export const isUseKind = (kind: string): kind is UseKind =>
  kind === 'document' || Object.hasOwn(uses, kind)

export const useOf = (kind: UseKind, one: Told): Use => ({
  ...(kind === 'document'
    ? documentUse(one as DocumentVersion)
    : (uses[kind] as (of: Told) => Omit<Use, 'told' | 'by'>)(one)),
  told: sentAtOf(one.version),
  by: `${one.source}|${one.place.replace(/\[.*/, '')}`,
})

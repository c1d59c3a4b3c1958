/** A code of a standard code system. `system` is its canonical URI. */
type StandardCode = { system: string; code: string; display: string | null }

/** Conventions agreed with a sender, which the message does not state. */
export type SenderConventions = {
  /** IANA name of the zone of times sent without an offset. */
  timeZone: string
  /** Translations of local codes, by field and code, e.g. `OBX-3` and `K`. */
  translations?: Readonly<Record<string, Readonly<Record<string, StandardCode>>>>
}

/** A local code without a translation, and the field it was sent in. */
export type UntranslatedCode = {
  field: string
  code: string
  text: string | null
  system: string | null
}

/** Default for messages read before their sender is known. */
export const noConventions: SenderConventions = { timeZone: 'UTC' }

import type { DocumentStatus } from '@tideway/schemas/documents/entry'

/** What a statement makes of a document. `isGone`: nothing is left to open. */
type DocumentRule = { status: DocumentStatus; isGone: boolean }

const shown = (status: DocumentStatus): DocumentRule => ({ status, isGone: false })
const gone = (status: DocumentStatus): DocumentRule => ({ status, isGone: true })

/**
 * TXA-17, HL7 v2.9 table 0271, document completion status; and FHIR R4 DocumentReference.docStatus.
 */
export const completions: Readonly<Record<string, DocumentRule>> = {
  DI: shown('preliminary'), // dictated
  DO: shown('preliminary'), // documented
  IP: shown('preliminary'), // in progress
  IN: shown('preliminary'), // incomplete
  PA: shown('preliminary'), // pre-authenticated
  AU: shown('final'), // authenticated
  LA: shown('verified'), // legally authenticated
  preliminary: shown('preliminary'),
  final: shown('final'),
  amended: shown('amended'),
  'entered-in-error': gone('entered-in-error'),
}

/**
 * TXA-19, HL7 v2.9 table 0273, document availability status, and FHIR R4 DocumentReference.status,
 * where it decides alone.
 */
export const availabilities: Readonly<Record<string, DocumentRule>> = {
  CA: gone('cancelled'), // deleted
  UN: gone('cancelled'), // unavailable for patient care
  OB: shown('superseded'), // obsolete
  superseded: shown('superseded'),
  'entered-in-error': gone('entered-in-error'),
}

/** T11: the document is taken back, whatever its other fields say. */
const retracted = 'CANCELLED'
/** T09 or T10 of the document that took its place. */
const replaced = 'REPLACED'

/** OBX-11 of content that was taken back, HL7 v2.9 table 0085: it counts whatever TXA says. */
export const takenBack: Readonly<Record<string, DocumentRule>> = {
  W: gone('wrong-patient'),
  D: gone('entered-in-error'),
}

type Told = {
  trigger: string | null
  completion: string | null
  availability: string | null
  status: string | null
}

/** What TXA says of a document; null where it says nothing, and OBX-11 alone counts. */
export const documentRule = ({
  trigger,
  completion,
  availability,
  status,
}: Told): DocumentRule | null => {
  if (trigger === retracted) return gone('cancelled')
  const back = trigger === null && completion === null ? undefined : takenBack[status ?? '']
  if (back !== undefined) return back
  if (trigger === replaced) return shown('superseded')
  const decided = availabilities[availability ?? '']
  if (decided !== undefined) return decided
  return completion === null ? null : (completions[completion] ?? shown('unknown'))
}

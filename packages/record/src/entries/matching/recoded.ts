import type { ObservationReported, ReportObservation } from '@tideway/schemas/documents/entry'
import type { Coded, Observation } from '@tideway/schemas/events.generated'
import { keyPart } from '@tideway/schemas/key-part'

/** Code and sub-identifier of an observation's key, without its number in the message. */
export const identityOf = (key: string): string =>
  key.endsWith('|') ? key : key.replace(/\|\d+(@[^|]*)?$/, '')

/** What a message says of a code beside the code: its system, and the code it also stands for. */
export type SentCode = NonNullable<ObservationReported['sentCode']>

export const sentCodeOf = ({ system, alternateCode, alternateSystem }: Coded): SentCode => ({
  system,
  alternateCode,
  alternateSystem,
})

export const isSameCode = (a: SentCode, b: SentCode): boolean =>
  a.system === b.system &&
  a.alternateCode === b.alternateCode &&
  a.alternateSystem === b.alternateSystem

type Named = { identity: string; code: SentCode }

/** Identity by the alternate code; null without one. */
const alternateOf = ({ identity, code: { alternateCode } }: Named): string | null =>
  alternateCode === null
    ? null
    : `${keyPart(alternateCode, '|')}${identity.slice(identity.lastIndexOf('|'))}`

const agree = (a: string | null, b: string | null): boolean => a === null || b === null || a === b

const standsFor = (one: Named, other: Named): boolean =>
  alternateOf(one) === other.identity && agree(one.code.alternateSystem, other.code.system)

/**
 * Whether the code of one is the alternate code of the other (OBX-3.4, the second coding of FHIR):
 * a laboratory gave an observation another code and named the old one.
 */
export const isRecoded = (a: Named, b: Named): boolean => standsFor(a, b) || standsFor(b, a)

const namedIn = ({ key, code, reported }: ReportObservation): Named[] => {
  const own = { identity: identityOf(key), code: sentCodeOf(code) }
  return [
    own,
    ...reported.flatMap(({ sentKey, sentCode }) =>
      sentKey === undefined && sentCode === undefined
        ? []
        : [
            {
              identity: sentKey === undefined ? own.identity : identityOf(sentKey),
              code: sentCode ?? own.code,
            },
          ],
    ),
  ]
}

/**
 * A function from the identity of an observation to one that is the same for all that are looked at
 * together: those whose codes stand for each other.
 *
 * @param stated  observations of one message
 */
export const familiesOf = (
  known: readonly ReportObservation[],
  stated: readonly Observation[],
): ((identity: string) => string) => {
  const groups = known.map(namedIn)
  for (const { key, code } of stated) groups.push([{ identity: identityOf(key), code }])
  const identities = new Set<string>()
  for (const names of groups) for (const { identity } of names) identities.add(identity)
  const heads = new Map<string, string>()
  const headOf = (identity: string): string => {
    const next = heads.get(identity)
    return next === undefined ? identity : headOf(next)
  }
  const join = (a: string, b: string): void => {
    if (a === b) return
    const [one, other] = [headOf(a), headOf(b)]
    if (one !== other) heads.set(other, one)
  }
  for (const names of groups)
    for (const one of names) {
      join((names[0] as Named).identity, one.identity)
      const alternate = alternateOf(one)
      if (alternate !== null && identities.has(alternate)) join(one.identity, alternate)
    }
  return headOf
}

/**
 * Every role this service knows, and what kind of reader it is: a person at a screen, or an
 * application that reads on behalf of an organisation.
 */
export const roles = {
  clinician: 'person',
  system: 'application',
  operator: 'person',
  'identity-steward': 'person',
  'privacy-officer': 'person',
} as const

export type ReaderRole = keyof typeof roles
export type ReaderKind = (typeof roles)[ReaderRole]

/** Who makes a request, from the claims of the access token. */
export type Subject = {
  /** The issuer's identifier of the user or client (`sub`). */
  who: string
  name: string | null
  role: ReaderRole
  /** ODS code. */
  organisation: string
  /** Authentication context class (`acr`), e.g. an assurance level; null if the token has none. */
  level: string | null
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isRole = (value: unknown): value is ReaderRole => isText(value) && Object.hasOwn(roles, value)

/**
 * The subject of a verified access token.
 *
 * @returns null if the token names no subject, no organisation or no role of ours
 * @see OpenID Connect Core 1.0, section 2
 */
export const subjectOf = ({
  sub,
  name,
  role,
  organisation,
  acr,
}: Record<string, unknown>): Subject | null =>
  isRole(role) && isText(organisation) && isText(sub)
    ? {
        who: sub,
        name: isText(name) ? name : null,
        role,
        organisation,
        level: isText(acr) ? acr : null,
      }
    : null

export const readerKindOf = ({ role }: Subject): ReaderKind => roles[role]

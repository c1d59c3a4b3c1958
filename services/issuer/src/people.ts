export const roles = [
  'clinician',
  'operator',
  'identity-steward',
  'privacy-officer',
  'system',
] as const
export type IssuedRole = (typeof roles)[number]

/** Fictitious names. The organisation selects one, so that two hospitals have two clinicians. */
const names: Record<IssuedRole, readonly [string, ...string[]]> = {
  clinician: [
    'Dr Amara Okonjo',
    'Dr Tomasz Wieland',
    'Dr Priya Ramanathan',
    'Sister Bridie Halloran',
    'Dr Elin Thorvald',
  ],
  operator: ['Sam Whitlock', 'Noor Castellan'],
  'identity-steward': ['Jo Penhaligon', 'Ravi Ashdown'],
  'privacy-officer': ['Margaret Oyelaran', 'Idris Farrow'],
  system: ['Interface engine', 'Ward application'],
}

export const isRole = (text: string): text is IssuedRole =>
  (roles as readonly string[]).includes(text)

/** ODS codes are letters and digits; whether the organisation exists is not checked. */
export const isOrganisation = (text: string): boolean => /^[A-Z0-9]{2,12}$/.test(text)

export type Holder = { sub: string; role: IssuedRole; organisation: string; name: string }

/** The person that a token of this role and organisation is issued to; always the same. */
export const holderOf = (role: IssuedRole, organisation: string): Holder => {
  const [first, ...others] = names[role]
  const candidates = [first, ...others]
  const sum = [...organisation].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0)
  return {
    sub: `${role}.${organisation.toLowerCase()}`,
    role,
    organisation,
    name: candidates[sum % candidates.length] ?? first,
  }
}

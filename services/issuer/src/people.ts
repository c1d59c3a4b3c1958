export const roles = [
  'clinician',
  'operator',
  'identity-steward',
  'privacy-officer',
  'system',
] as const
export type Role = (typeof roles)[number]

/**
 * Made up, every one. The organisation decides which of them it is, so that two hospitals have two
 * clinicians.
 */
const names: Record<Role, readonly [string, ...string[]]> = {
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

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)

/** ODS codes are letters and digits; which of them exist is not our business. */
export const isOrganisation = (text: string): boolean => /^[A-Z0-9]{2,12}$/.test(text)

export type Holder = { sub: string; role: Role; organisation: string; name: string }

/** Who a token of this role at this organisation is for; the same each time. */
export const holderOf = (role: Role, organisation: string): Holder => {
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

/** Why words say that a result does not stand. */
export type WordsOfWithdrawal = 'wrong-patient' | 'mislabelled' | 'entered-in-error'

const what = 'results?|reports?|values?|tests?|observations?|specimens?|samples?|entry'
const subject = `(?:(?:(?:this|the|all|previous|prior|original|earlier|above|initial|first|${what}) )*(?:${what}) (?:(?:was|were|is|are|has been|have been) )?)?`
const onPatient =
  '(?:(?:reported|entered|posted|filed|charted|recorded|resulted|sent|issued|released|taken|collected)(?: in error)? (?:on|to|in|for|from|against|under) )?(?:the )?'
const labelled = '(?:(?:mis ?|wrongly |incorrectly )labell?ed|labell?ed (?:wrongly|incorrectly))'

/** The closed list, in small letters, without apostrophes, runs of spaces and hyphens in words. */
const phrases: readonly (readonly [WordsOfWithdrawal, string])[] = [
  [
    'wrong-patient',
    `${subject}${onPatient}(?:wrong|incorrect) patients?(?: (?:record|chart|notes|${what}))?`,
  ],
  [
    'wrong-patient',
    `${subject}(?:(?:belongs?|belonged) to|of|from|for) (?:a |the )?(?:another|different|other|wrong) patient`,
  ],
  ['wrong-patient', `(?:another|different|other) patients (?:${what})`],
  ['wrong-patient', 'not (?:for )?this patient'],
  ['wrong-patient', '(?:patient misidentified|misidentified patient)'],
  ['mislabelled', `${subject}${labelled}`],
  ['mislabelled', `${labelled} (?:specimens?|samples?)`],
  ['mislabelled', '(?:specimens?|samples?) (?:(?:was|were) )?(?:misidentified|swapped|mixed up)'],
  ['mislabelled', '(?:specimen|sample) (?:mix ?up|swap|labell?ing error|misidentification)'],
  ['mislabelled', '(?:wrong blood in tube|wbit)'],
  [
    'entered-in-error',
    `${subject}(?:entered|reported|released|issued|posted|resulted|filed|charted|sent) in error`,
  ],
  ['entered-in-error', `${subject}(?:withdrawn|retracted|rescinded|revoked)`],
  ['entered-in-error', `erroneous (?:${what})`],
  [
    'entered-in-error',
    `(?:please )?disregard (?:(?:this|the|previous|prior|original|earlier|above) )*(?:${what})`,
  ],
]

/** What may come before them: what kind of statement it is. */
const heading = new RegExp(
  `^(?:(?:corrected|correction|amended|amendment|comment|note|reason|error|cancelled|canceled)(?: (?:${what}))? ?[.,;:-] ?)+`,
)
/** What may come after them. Anything else, as a question mark, may give them another sense. */
const ending = String.raw`(?=$| ?[.,;:!/()–—-]| (?:due to|because|see|please|by|per|and)\b)`
const listed = phrases.map(
  ([kind, phrase]) => [kind, new RegExp(`^(?:${phrase})${ending}`)] as const,
)
const within = phrases
  .filter(([kind]) => kind !== 'entered-in-error')
  .map(([kind, phrase]) => [kind, new RegExp(String.raw`\b(?:${phrase})${ending}`)] as const)

const denied = /^[\s.,;:!/()–—-]*(?:no|not|none|n|nil|never|false|denied)\b/
const negated =
  /^[\s.,;:!/()–—-]*(?:no|n|false)$|\b(?:excluded|ruled out|unlikely|not confirmed|not the case|reinstated)\b|\?/
const negation = /\b(?:no|not|never|without|possibl[ey]|suspected|if)\b/

/** Characters that are looked at: a report may be long, and is looked at with each message. */
const readUntil = 500

const normalised = (text: string): string =>
  text
    .slice(0, readUntil)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’`]/g, '')
    .replaceAll(/(\p{L})-(?=\p{L})/gu, '$1 ')
    .replaceAll(/[*_"#<>[\]{}~!]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s(.:-]+/, '')
    .trim()
    .replace(heading, '')

/**
 * Whether a text says that the result before it does not stand: one of a closed list of phrases is
 * the whole of it or its start. What says so in other words, or may deny it, is not recognised.
 */
export const wordsOfWithdrawal = (text: string): WordsOfWithdrawal | null => {
  if (!/\p{L}{4}/u.test(text.slice(0, readUntil))) return null
  const words = normalised(text)
  for (const [kind, phrase] of listed) {
    const [found] = phrase.exec(words) ?? []
    if (found === undefined) continue
    const rest = words.slice(found.length)
    if (negated.test(rest) || (kind !== 'entered-in-error' && denied.test(rest))) return null
    if (kind !== 'entered-in-error' || negation.test(rest)) return kind
    return within.find(([, one]) => one.test(rest))?.[0] ?? kind
  }
  return null
}

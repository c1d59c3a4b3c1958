import type { Fix } from '../normalise/mapping.ts'

/** Names of patients and contacts: PID-5, PID-9 and NK1-2. */
const names = new Set(['PID-5', 'PID-9', 'NK1-2'])
const familyAndGiven = /^([^,]+),\s*([^,]+)$/

/**
 * Family and given name are sent as one component, separated by a comma. A name with a second comma
 * is kept as sent.
 */
export default {
  field: (asSent, { name, message }, number) => {
    const { component, repetition } = message.delimiters
    if (!names.has(`${name}-${number}`) || component === '' || !asSent.includes(',')) return asSent
    const one = (sent: string) => {
      const [first = '', ...rest] = sent.split(component)
      const [, family, given] = rest.some((part) => part !== '')
        ? []
        : (familyAndGiven.exec(first) ?? [])
      return family === undefined || given === undefined
        ? sent
        : `${family.trim()}${component}${given.trim()}`
    }
    return repetition === '' ? one(asSent) : asSent.split(repetition).map(one).join(repetition)
  },
} satisfies Fix

import { decoded, subcomponentsOf } from '../lexer/fields.ts'
import type { Hl7Message } from '../lexer/message.ts'

/** The assigning authority of a number: its name, else its universal id; both if both were sent. */
export type Authority = { authority: string | null; authorityId: string | null }

const none: Authority = { authority: null, authorityId: null }

/**
 * A hierarchic designator in a component, e.g. CX-4.
 *
 * | HD | here |
 * |---|---|
 * | 1 namespace id | authority |
 * | 2 universal id | authorityId; authority if 1 is empty |
 * | 3 universal id type | not read: the form of 2 shows it |
 *
 * @see HL7 v2.5.1 chapter 2A.33
 */
export const authorityOf = (message: Hl7Message, component: string | undefined): Authority => {
  if (component === undefined || component === '') return none
  const { subcomponent } = message.delimiters
  if (subcomponent === '' || !component.includes(subcomponent))
    return { authority: decoded(message, component), authorityId: null }
  const parts = subcomponentsOf(message, component)
  const name = decoded(message, parts[0])
  const id = decoded(message, parts[1])
  return name === null ? { authority: id, authorityId: null } : { authority: name, authorityId: id }
}

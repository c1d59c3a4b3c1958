import type { PatientDetailsReported } from '@tideway/schemas/events.generated'
import { componentsOf, firstPart, repetitions, type Segment } from '../parse.ts'
import { readPractitioner } from '../values/xcn.ts'

/** PD1-3 and PD1-4: the practice and the general practitioner the patient is registered with. */
export const readGeneralPractice = (pd1: Segment | null): Pick<PatientDetailsReported, 'gpPractice' | 'gp'> =>
  pd1 === null ? { gpPractice: null, gp: null } : { gpPractice: readPractice(pd1), gp: readPractitioner(pd1, 4) }

/** An organisation as a code: its identifier (XON-3, or XON-10 from 2.5 on) and its name (XON-1). */
const readPractice = (pd1: Segment): PatientDetailsReported['gpPractice'] => {
  const first = repetitions(pd1, 3)[0]
  if (first === undefined) return null
  const components = componentsOf(pd1.message, first)
  const part = (n: number) => firstPart(pd1.message, components[n])
  const code = part(2) ?? part(9)
  const text = part(0)
  return code === null && text === null ? null : { code, text, system: null, alternateCode: null, alternateText: null, alternateSystem: null }
}

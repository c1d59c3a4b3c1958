import { text } from '@tideway/hl7v2/lexer/fields'
import type { Fix } from '../normalise/mapping.ts'

/** The visit number is sent as the alternate visit id, PV1-50, and PV1-19 stays empty. */
export default { visitNumber: (pv1) => text(pv1, 50) } satisfies Fix

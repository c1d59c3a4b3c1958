import { text } from '@tideway/hl7v2/lexer/fields'
import type { Fix } from '../normalise/mapping.ts'

/** The visit number is sent as the pre-admit number, PV1-5, and PV1-19 stays empty. */
export default { visitNumber: (pv1) => text(pv1, 5) } satisfies Fix

import type { Fix } from '../mapping.ts'
import { text } from '../parse.ts'

/** The visit number is sent as the alternate visit id, PV1-50, and PV1-19 stays empty. */
export default { visitNumber: (pv1) => text(pv1, 50) } satisfies Fix

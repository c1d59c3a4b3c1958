import type { Fix } from '../mapping.ts'
import { text } from '../parse.ts'

/** The visit number is sent as the pre-admit number, PV1-5, and PV1-19 stays empty. */
export default { visitNumber: (pv1) => text(pv1, 5) } satisfies Fix

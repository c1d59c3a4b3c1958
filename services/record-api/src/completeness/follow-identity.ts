import type { CaughtUp } from './caught-up.ts'

/** Looks kept while identity lags; of more every second one goes. */
const mostKept = 300

/**
 * Up to when everything projected has been considered by the identity service.
 *
 * What was projected before a look began had been announced by then. So once identity has
 * considered every announcement up to that time, it has considered all that was projected.
 */
export const followIdentity = () => {
  let looks: { at: number; projected: CaughtUp }[] = []
  let identified: CaughtUp = { proven: null, told: null }

  /**
   * @param at          when this look began
   * @param projected   what was projected before it began, of all partitions
   * @param considered  up to when identity has considered every announcement and every event
   */
  return (at: number, projected: CaughtUp, considered: number | null): CaughtUp => {
    looks.push({ at, projected })
    const covered = looks.findLast((look) => considered !== null && look.at <= considered)
    if (covered !== undefined) {
      identified = covered.projected
      looks = looks.filter((look) => look.at > covered.at)
    }
    if (looks.length > mostKept) looks = looks.filter((_, nth) => (looks.length - nth) % 2 === 1)
    return identified
  }
}

/** What a client may do with a resource type. */
export type ScopeAction = 'c' | 'u'

const pattern = /^system\/(\*|[A-Z][A-Za-z]+)\.(\*|read|write|c?r?u?d?s?)(\?.*)?$/

/**
 * Whether scopes permit it. A scope limited by a search (`?category=...`) permits nothing here:
 * whether a resource falls under it cannot be told before it is stored.
 *
 * @param scopes  of a token, divided by blanks
 * @see SMART App Launch 2.0, Scopes for requesting FHIR resources; `.write` and `.*` of version 1
 *   as well
 */
export const permits = (scopes: string, type: string, permission: ScopeAction): boolean =>
  scopes.split(' ').some((scope) => {
    const [, of, actions, limit] = pattern.exec(scope) ?? []
    if (
      of === undefined ||
      actions === undefined ||
      limit !== undefined ||
      (of !== '*' && of !== type)
    )
      return false
    return (
      actions === '*' || actions === 'write' || (actions !== 'read' && actions.includes(permission))
    )
  })

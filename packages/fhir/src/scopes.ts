/** Create, update or delete. */
export type ScopeAction = 'c' | 'u' | 'd'

const pattern = /^system\/(\*|[A-Z][A-Za-z]+)\.(\*|read|write|c?r?u?d?s?)(\?.*)?$/

/**
 * Whether the scopes of a token permit an action on a resource type.
 *
 * To delete is to state that a resource was entered in error, which an update may do too: whoever
 * may update may delete.
 *
 * A scope with search parameters (`?category=...`) permits nothing: whether a resource matches is
 * unknown before it is stored.
 *
 * @param scopes  separated by spaces
 * @see SMART App Launch 2.0, Scopes for requesting FHIR resources; `.write` and `.*` of version 1
 *   are accepted too
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
    if (actions === '*' || actions === 'write') return true
    if (actions === 'read') return false
    return actions.includes(permission) || (permission === 'd' && actions.includes('u'))
  })

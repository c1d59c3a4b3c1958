/** Create or update. */
export type ScopeAction = 'c' | 'u'

const pattern = /^system\/(\*|[A-Z][A-Za-z]+)\.(\*|read|write|c?r?u?d?s?)(\?.*)?$/

/**
 * Whether the scopes of a token permit an action on a resource type.
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
    return (
      actions === '*' || actions === 'write' || (actions !== 'read' && actions.includes(permission))
    )
  })

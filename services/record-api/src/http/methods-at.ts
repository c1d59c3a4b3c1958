export type RegisteredRoute = { method: string; url: string; schema?: unknown }

/** Methods an address has, to tell a wrong method from a wrong address. */
export const methodsAt = (routes: readonly RegisteredRoute[], address: string): string[] => {
  const [path = ''] = address.split('?')
  return routes
    .filter(({ url }) => new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}/?$`).test(path))
    .map(({ method }) => method)
}

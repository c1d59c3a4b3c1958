import { routes } from './clinical-routes.ts'

const patterns = routes.map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`),
}))

/** Methods an address has, so that a wrong method is told from a wrong address. */
export const methodsAt = (address: string): string[] => {
  const [path = ''] = address.split('?')
  return patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
}

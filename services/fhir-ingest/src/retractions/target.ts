/** The resource that a DELETE or PATCH is about: by type and id, or by a condition. */
export type RetractionTarget = {
  type: string
  id: string | null
  condition: URLSearchParams | null
}

const address = /^([A-Z][A-Za-z]+)(?:\/([A-Za-z0-9.-]{1,64})|\?(.+))$/

/** The target of `Observation/o1` or `Observation?identifier=...`; null if it is neither. */
export const targetIn = (url: string): RetractionTarget | null => {
  const [, type, id, query] = address.exec(url) ?? []
  if (type === undefined) return null
  return {
    type,
    id: id ?? null,
    condition: query === undefined ? null : new URLSearchParams(query),
  }
}

/** `Observation/o1`. */
export const nameOfTarget = ({ type, id }: Pick<RetractionTarget, 'type' | 'id'>): string =>
  `${type}/${id}`

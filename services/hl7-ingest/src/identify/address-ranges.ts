import { BlockList, isIP } from 'node:net'

/** An address, or a network in CIDR notation. @see RFC 4632 */
const parts = (range: string) => {
  const [address = '', prefix, ...more] = range.split('/')
  const family = isIP(address)
  const longest = family === 4 ? 32 : 128
  const length = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1
  if (family === 0 || more.length > 0 || length < 0 || length > longest) return null
  return { address, length, type: family === 4 ? ('ipv4' as const) : ('ipv6' as const) }
}

export const isAddressRange = (text: string): boolean => parts(text) !== null

/** Whether the range has every address there is, or nearly: it proves nothing. */
export const isWideRange = (text: string): boolean => {
  const range = parts(text)
  return range !== null && range.length < (range.type === 'ipv4' ? 8 : 16)
}

const blockLists = new WeakMap<readonly string[], BlockList>()

const blockListOf = (ranges: readonly string[]): BlockList => {
  const known = blockLists.get(ranges)
  if (known !== undefined) return known
  const list = new BlockList()
  for (const range of ranges) {
    const { address, length, type } = parts(range) ?? {}
    if (address !== undefined) list.addSubnet(address, length as number, type)
  }
  blockLists.set(ranges, list)
  return list
}

/** Whether an address is in one of the ranges. */
export const isInRanges = (address: string, ranges: readonly string[]): boolean => {
  const family = isIP(address)
  return family !== 0 && blockListOf(ranges).check(address, family === 4 ? 'ipv4' : 'ipv6')
}

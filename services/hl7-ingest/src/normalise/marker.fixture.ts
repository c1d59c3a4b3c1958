/** A value that no other value of its message is like, and its place. */
export type Marker = { place: string; name: string; sent: string; shown: readonly string[] }

export type Dice = { next: (below: number) => number }

/** Numbers from a seed, so that a failure can be repeated. */
export const diceOf = (seed: number): Dice => {
  let state = seed >>> 0
  return {
    next: (below) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    },
  }
}

/** Makes the markers of one message. */
export const markersOf = () => {
  const markers: Marker[] = []
  const add = (place: string, name: string, sent: string, shown = [sent]): string => {
    markers.push({ place, name, sent, shown })
    return sent
  }
  return {
    markers,
    /** A value of a simple type. */
    value: (type: string, place: string, name: string): string => {
      const n = markers.length
      if (type === 'TS' || type === 'DT') {
        const day = new Date(Date.UTC(1901, 0, 1 + n)).toISOString().slice(0, 10)
        return add(place, name, day.replaceAll('-', ''), [day, day.replaceAll('-', '')])
      }
      if (type === 'TM') {
        const time = new Date(n * 60_000).toISOString().slice(11, 16)
        return add(place, name, time.replace(':', ''), [time, time.replace(':', '')])
      }
      if (type === 'NM' || type === 'SI') return add(place, name, `${830_000 + n}`)
      // A code that decides may be in the event in capitals.
      const word = `Q${(46_656 + n).toString(36)}x`
      return add(place, name, word, [word, word.toUpperCase()])
    },
  }
}

export type Make = ReturnType<typeof markersOf>

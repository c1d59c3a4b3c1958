const width = 28
const everyMs = 100
const quietEveryMs = 5_000

/** `######......  40 %  of 1754, 412/s` */
const bar = (done: number, total: number, perSecond: number): string => {
  const share = total === 0 ? 1 : done / total
  const filled = Math.round(share * width)
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(Math.floor(share * 100)).padStart(3)} %  ${done} of ${total}, ${perSecond}/s`
}

/** Shows progress: on a terminal one line that is rewritten, elsewhere a line every 5 s. */
export const showProgress = (
  label: string,
  total: number,
  out: NodeJS.WriteStream = process.stdout,
) => {
  const began = performance.now()
  let done = 0
  let shownAt = began
  const show = (end: string) => {
    const seconds = (performance.now() - began) / 1000
    out.write(
      `${out.isTTY ? '\r\x1b[K' : ''}  ${label}  ${bar(done, total, Math.round(done / Math.max(seconds, 0.001)))}${end}`,
    )
    shownAt = performance.now()
  }
  return {
    add: (count: number) => {
      done += count
      if (performance.now() - shownAt >= (out.isTTY ? everyMs : quietEveryMs))
        show(out.isTTY ? '' : '\n')
    },
    end: () => show('\n'),
  }
}

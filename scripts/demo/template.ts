const units = { d: 86_400, h: 3_600, m: 60, s: 1 } as const
const offset = /\{\{-((?:\d+[dhms])+)\}\}/g

const secondsOf = (text: string): number =>
  [...text.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
    0,
  )

/** YYYYMMDDHHMMSS in local time, as hospital systems send it. */
const localTime = (at: Date, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return ['year', 'month', 'day', 'hour', 'minute', 'second'].map(part).join('')
}

const filled = (template: string, now: Date, shown: (at: Date) => string): string =>
  template.replace(offset, (_, text: string) =>
    shown(new Date(now.getTime() - secondsOf(text) * 1000)),
  )

/**
 * Fills the times of a message template: `{{-2h45m}}` becomes the time that long before `now`.
 * Lines become segments terminated by CR.
 */
export const fill = (template: string, now: Date, timeZone: string): Buffer => {
  return Buffer.from(filled(template, now, (at) => localTime(at, timeZone)).replace(/\r?\n/g, '\r'))
}

/** Fills the times of a FHIR template: instants in UTC. */
export const fillFhir = (template: string, now: Date): Buffer =>
  Buffer.from(filled(template, now, (at) => `${at.toISOString().slice(0, 19)}Z`))

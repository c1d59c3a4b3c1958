import { expect, test } from 'vitest'
import { choosePort, preferredPorts } from './ports.ts'

const free =
  (...taken: number[]) =>
  async (port: number) =>
    !taken.includes(port)

test('the preferred port is used if it is free', async () => {
  expect(await choosePort(9092, null, free())).toBe(9092)
})

test('the port of the last run comes before the preferred one', async () => {
  expect(await choosePort(9092, 9132, free())).toBe(9132)
})

test('taken ports are skipped, including that of the last run', async () => {
  const port = await choosePort(9092, 9132, free(9092, 9112, 9132))
  expect(port).toBe(9152)
})

test('no free port is an error and not an endless loop', async () => {
  await expect(choosePort(9092, null, async () => false)).rejects.toThrow(
    'no free port from 9092 on',
  )
})

test('preferred ports differ, and not by one step', () => {
  const ports = Object.values(preferredPorts)
  const steps = ports.flatMap((port) => Array.from({ length: 5 }, (_, times) => port + times * 20))
  expect(new Set(steps).size).toBe(steps.length)
})

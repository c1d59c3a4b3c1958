import { expect, test } from 'vitest'
import { methodsAt } from './methods-at.ts'

const routes = [
  { method: 'POST', url: '/api/patients/search' },
  { method: 'GET', url: '/api/patients/:id/record' },
]

test('an address knows its methods', () => {
  expect(methodsAt(routes, '/api/patients/search?x=1')).toEqual(['POST'])
  expect(methodsAt(routes, '/api/patients/abc/record')).toEqual(['GET'])
  expect(methodsAt(routes, '/api/patients/abc')).toEqual([])
})

import { expect, test } from 'vitest'
import { assumedScheme } from './assumed-scheme.ts'

test.each([
  'localhost',
  'LOCALHOST:3000/health',
  'app.localhost:3000',
  'me:secret@localhost:3000',
  '127.0.0.1:4600',
  '[::1]:3000/health',
  '10.0.0.5:9100/metrics',
  '172.20.0.3:8080',
  '192.168.1.20',
  'web:8080/health',
  'pi.local',
  'api.internal:8080',
])('%s lies within a network: http', (typed) => {
  expect(assumedScheme(typed)).toBe('http')
})

test.each([
  'captions.example.com',
  'captions.example.com:9090/metrics',
  '8.8.8.8',
  '172.32.0.1',
  '10.example.com',
  'localhost.example.com',
  '10.0.0.5:443',
  'cluster:8443/healthz',
])('%s is asked by https', (typed) => {
  expect(assumedScheme(typed)).toBe('https')
})

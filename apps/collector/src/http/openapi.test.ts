import { ROUTES } from '@headroom/shared/contracts.ts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openApiDocument } from './openapi.ts'

const Operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  parameters: z
    .array(
      z.object({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean(), schema: z.looseObject({}) }),
    )
    .default([]),
  requestBody: z
    .looseObject({ content: z.looseObject({ 'application/json': z.object({ schema: z.looseObject({}) }) }) })
    .optional(),
  responses: z.record(z.string().regex(/^[1-5]\d\d$/), z.looseObject({})),
})
const Document = z.looseObject({
  openapi: z.literal('3.1.0'),
  info: z.looseObject({ title: z.string(), version: z.literal('1.2.3') }),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'patch', 'delete']), Operation)),
  components: z.looseObject({
    schemas: z.record(z.string(), z.looseObject({})),
    responses: z.record(z.string(), z.unknown()),
    securitySchemes: z.record(z.string(), z.unknown()),
  }),
})

const document = openApiDocument('1.2.3')

test('the document is OpenAPI 3.1 and holds every route of the contract', () => {
  const { paths } = Document.parse(JSON.parse(JSON.stringify(document)))
  for (const route of Object.values(ROUTES)) {
    const path = `/api/v1${route.path.replaceAll(/:(\w+)/g, '{$1}')}`
    const operation = Object.entries(paths[path] ?? {}).find(([method]) => method === route.method.toLowerCase())?.[1]
    expect(operation, `${route.method} ${path}`).toBeDefined()
    const named =
      operation?.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`) ?? []
    expect(path.match(/\{\w+\}/g) ?? []).toEqual(named)
  }
})

test('operation ids are unique, and every reference leads somewhere', () => {
  const { paths, components } = Document.parse(JSON.parse(JSON.stringify(document)))
  const ids = Object.values(paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId))
  expect(new Set(ids).size).toBe(ids.length)
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    ([, reference]) => reference ?? '',
  )
  expect(references.length).toBeGreaterThan(20)
  for (const reference of references) {
    const [, root, part, name] = reference.split('/')
    expect([root, Object.hasOwn(part === 'schemas' ? components.schemas : components.responses, name ?? '')]).toEqual([
      'components',
      true,
    ])
  }
})

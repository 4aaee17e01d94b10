import { z } from 'zod'

// The page's policy forbids making code from text, which the schema library tries as soon as a schema is made.
// So this must run before any module that makes one: it is the first import of main.tsx.
z.config({ jitless: true })

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compiledAhead } from './build/compiled-ahead.ts'
import { headStart } from './build/head-start.ts'
import { screenPages } from './build/screen-pages.ts'

const COLLECTOR = 'http://127.0.0.1:4600'

export default defineConfig({
  plugins: [
    react(),
    compiledAhead(),
    headStart('src/app/head-start.ts'),
    screenPages({
      systems: ['src/features/system/SystemPage.tsx', 'src/features/system/ChartsSide.tsx'],
      setup: ['src/features/setup/SetupPage.tsx'],
      'setup/add': ['src/features/watch/add-source/AddSource.tsx'],
    }),
  ],
  build: {
    manifest: true,
    // All styles are less than one picture: one file, instead of one more question for every part of a screen.
    cssCodeSplit: false,
    target: 'es2022',
    // The page's policy allows nothing but its own files: no asset may become a data: address.
    assetsInlineLimit: 0,
    // The polyfill would be an inline script in all but name; every browser we build for preloads by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // The schema library must be told to make no code from text before any schema is made: they load together.
            { name: 'zod', test: /node_modules[\\/]zod[\\/]|no-code-from-text/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: COLLECTOR, ws: true } } },
})

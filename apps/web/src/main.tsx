// oxlint-disable-next-line import/no-unassigned-import -- it must have run before the modules below are
import './app/no-code-from-text.ts'
// oxlint-disable-next-line import/no-unassigned-import -- it asks the collector while the modules below are read
import './app/world.ts'
// oxlint-disable-next-line import/no-unassigned-import -- the same for the script of the screen
import './app/first-screen.ts'
import './app/theme.css'
import './app/print.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { scriptName, setOwnPage } from './app/page-version.ts'

// In development nothing has a name of its own that could be compared.
if (import.meta.env.PROD) setOwnPage(scriptName(import.meta.url))

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root.')
const broken = document.getElementById('broken')
createRoot(root, {
  // What even the screens' own boundaries did not catch: the page says so instead of going blank.
  onUncaughtError: () => {
    if (broken !== null) broken.hidden = false
  },
}).render(
  <StrictMode>
    <App />
  </StrictMode>,
)

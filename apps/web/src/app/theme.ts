import { createTheme } from '@mantine/core'
import type { MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eef2fd',
  '#d9e2fa',
  '#b3c5f4',
  '#8aa8ef',
  '#6d92ea',
  '#4574de',
  '#2f5bd0',
  '#2650bd',
  '#1f45a8',
  '#16368a',
]
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'

/** The component library in our clothes: system fonts, one accent, hairlines, no shadows. */
export const theme = createTheme({
  fontFamily: FONT,
  headings: { fontFamily: FONT, fontWeight: '600' },
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: 6,
  defaultRadius: 'sm',
  components: {
    Button: { defaultProps: { fw: 400 } },
    SegmentedControl: { styles: { label: { fontWeight: 400 } } },
  },
  respectReducedMotion: true,
  shadows: { xs: 'none', sm: 'none', md: 'none', lg: 'none', xl: 'none' },
})

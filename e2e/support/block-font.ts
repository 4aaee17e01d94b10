import type { Page } from 'playwright-core'

/**
 * A font in which every letter is the same block, and a space is as wide: text set in it is as long, wraps at the same
 * places and looks the same on every machine, whatever fonts that has. It is written here table by table, in the
 * TrueType format, because it has only three glyphs.
 */
const UNITS = 1000
const ADVANCE = 560
const ASCENT = 800
const DESCENT = 200
/** What is drawn of a letter: about as high as small letters are. */
const BLOCK = { left: 60, bottom: 0, right: 500, top: 520 }

/** The glyphs: what no character has, the space, the block. */
const [MISSING, SPACE, LETTER] = [0, 1, 2] as const
const GLYPHS = 3

/** The characters that are drawn as nothing. */
const SPACES = [0x20, 0xa0, 0x2009, 0x200b, 0x202f] as const

function blockFont(): Buffer {
  const block = blockGlyph()
  const tables: Record<string, Buffer> = {
    'OS/2': os2(),
    cmap: cmap(),
    glyf: block,
    head: head(),
    hhea: hhea(),
    hmtx: Buffer.concat(Array.from({ length: GLYPHS }, () => shorts(ADVANCE, 0))),
    loca: longs(0, 0, 0, block.length),
    maxp: Buffer.concat([longs(0x10000), shorts(GLYPHS, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)]),
    name: names('Block'),
    post: Buffer.concat([longs(0x30000, 0), shorts(-100, 50), longs(1, 0, 0, 0, 0)]),
  }
  const entries = Object.entries(tables)
  let offset = 12 + 16 * entries.length
  const directory: Buffer[] = [longs(0x10000), shorts(entries.length, 128, 3, entries.length * 16 - 128)]
  const bodies: Buffer[] = []
  for (const [tag, body] of entries) {
    const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)])
    directory.push(Buffer.from(tag, 'latin1'), longs(checksum(padded), offset, body.length))
    bodies.push(padded)
    offset += padded.length
  }
  return Buffer.concat([...directory, ...bodies])
}

function blockGlyph(): Buffer {
  const { left, bottom, right, top } = BLOCK
  const outline = shorts(1, left, bottom, right, top, 3, 0)
  // Four points on the outline, each as its step from the one before.
  const flags = Buffer.from([1, 1, 1, 1])
  const across = shorts(left, 0, right - left, 0)
  const up = shorts(bottom, top - bottom, 0, bottom - top)
  const glyph = Buffer.concat([outline, flags, across, up])
  return Buffer.concat([glyph, Buffer.alloc(-glyph.length & 3)])
}

/** Sets all text of a page in it. */
export async function setInBlocks(page: Page): Promise<void> {
  await page.evaluate(async (file) => {
    if ([...document.fonts].some(({ family }) => family === 'Block')) return
    const font = new FontFace(
      'Block',
      Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0)),
    )
    document.fonts.add(await font.load())
    const style = document.createElement('style')
    style.dataset['blocks'] = ''
    style.textContent = '*, ::before, ::after, ::placeholder { font-family: Block !important }'
    document.head.append(style)
  }, blockFont().toString('base64'))
}

/** Gives the page its own fonts back. */
export async function setInOwnFonts(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.querySelector('style[data-blocks]')?.remove()
    document.fonts.forEach((font) => font.family === 'Block' && document.fonts.delete(font))
  })
}

/** Which glyph a character has: format 13 gives a whole range the same one. */
function cmap(): Buffer {
  const groups: [number, number, number][] = []
  let next = 0x21
  for (const space of SPACES) {
    if (space > next) groups.push([next, space - 1, LETTER])
    groups.push([space, space, SPACE])
    next = space + 1
  }
  groups.push([next, 0x10ffff, LETTER])
  const body = longs(...groups.flat())
  const table = Buffer.concat([shorts(13, 0), longs(16 + body.length, 0, groups.length), body])
  return Buffer.concat([shorts(0, 1, 3, 10), longs(12), table])
}

function head(): Buffer {
  return Buffer.concat([
    longs(0x10000, 0x10000, 0, 0x5f0f3cf5),
    shorts(0, UNITS),
    longs(0, 0, 0, 0),
    shorts(BLOCK.left, BLOCK.bottom, BLOCK.right, BLOCK.top, 0, 8, 2, 1, 0),
  ])
}

function hhea(): Buffer {
  return Buffer.concat([
    longs(0x10000),
    shorts(
      ASCENT,
      -DESCENT,
      0,
      ADVANCE,
      BLOCK.left,
      ADVANCE - BLOCK.right,
      BLOCK.right,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      GLYPHS,
    ),
  ])
}

function os2(): Buffer {
  return Buffer.concat([
    shorts(4, ADVANCE, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0),
    Buffer.alloc(10),
    longs(0, 0, 0, 0),
    Buffer.from('NONE', 'latin1'),
    shorts(0x40, 0x20, 0xffff, ASCENT, -DESCENT, 0, ASCENT, DESCENT),
    longs(0, 0),
    shorts(BLOCK.top, 700, MISSING, 0x20, 1),
  ])
}

function names(family: string): Buffer {
  const text = Buffer.from(family, 'utf16le').swap16()
  const wanted = [1, 2, 4, 6]
  const records = wanted.map((id) => shorts(3, 1, 0x409, id, text.length, 0))
  return Buffer.concat([shorts(0, wanted.length, 6 + 12 * wanted.length), ...records, text])
}

function checksum(body: Buffer): number {
  let sum = 0
  for (let at = 0; at < body.length; at += 4) sum = (sum + body.readUInt32BE(at)) >>> 0
  return sum
}

function shorts(...values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length)
  for (const [at, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, 2 * at)
  return bytes
}

function longs(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * at)
  return bytes
}

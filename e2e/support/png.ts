import { inflateSync } from 'node:zlib'

/** How bright each pixel is, 0 to 255, row by row. */
export type Grey = { width: number; height: number; pixels: Uint8Array }

/** Reads a PNG as Chromium writes them: eight bits a channel, not interlaced, with or without alpha. */
export function readPng(file: Buffer): Grey {
  const { width, height, channels, data } = chunksOf(file)
  const stride = width * channels
  const raw = inflateSync(data)
  const rows = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y += 1) unfilter(raw, rows, y, stride, channels)
  const pixels = new Uint8Array(width * height)
  for (let at = 0, from = 0; at < pixels.length; at += 1, from += channels) {
    const [red = 0, green = 0, blue = 0] = [rows[from], rows[from + 1], rows[from + 2]]
    pixels[at] = (red * 54 + green * 183 + blue * 19) >> 8
  }
  return { width, height, pixels }
}

function chunksOf(file: Buffer): { width: number; height: number; channels: number; data: Buffer } {
  const parts: Buffer[] = []
  let [width, height, channels] = [0, 0, 0]
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at)
    const kind = file.toString('latin1', at + 4, at + 8)
    const body = file.subarray(at + 8, at + 8 + length)
    if (kind === 'IHDR') {
      ;[width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)]
      channels = { 2: 3, 6: 4 }[body.readUInt8(9)] ?? 0
      if (body.readUInt8(8) !== 8 || channels === 0 || body.readUInt8(12) !== 0)
        throw new Error('Only PNGs with eight bits a channel, in colour and not interlaced, are read.')
    }
    if (kind === 'IDAT') parts.push(body)
    at += length + 12
  }
  return { width, height, channels, data: Buffer.concat(parts) }
}

/** One row: each byte was written as its difference from what its neighbours let expect, by one of five rules. */
function unfilter(raw: Buffer, rows: Buffer, y: number, stride: number, step: number): void {
  const from = y * (stride + 1) + 1
  const to = y * stride
  const rule = raw[from - 1] ?? 0
  raw.copy(rows, to, from, from + stride)
  if (rule === 0) return
  for (let x = 0; x < stride; x += 1) {
    const at = to + x
    const left = x >= step ? (rows[at - step] ?? 0) : 0
    if (rule === 1) {
      rows[at] = (rows[at] ?? 0) + left
      continue
    }
    const up = y > 0 ? (rows[at - stride] ?? 0) : 0
    if (rule === 2) rows[at] = (rows[at] ?? 0) + up
    else if (rule === 3) rows[at] = (rows[at] ?? 0) + ((left + up) >> 1)
    else rows[at] = (rows[at] ?? 0) + nearest(left, up, x >= step && y > 0 ? (rows[at - stride - step] ?? 0) : 0)
  }
}

/** Paeth's choice: whichever neighbour is nearest to left and up less the corner. */
function nearest(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const a = Math.abs(guess - left)
  const b = Math.abs(guess - up)
  const c = Math.abs(guess - corner)
  return a <= b && a <= c ? left : b <= c ? up : corner
}

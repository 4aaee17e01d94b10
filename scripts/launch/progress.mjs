const quietMs = 15_000

/**
 * Says what is being done, to a person (one line that is rewritten) or to a log (a line when the work changes, and one
 * now and then to show that it still runs).
 *
 * @param {string} title
 * @param {string} [firstStage] what it begins with
 *
 * @typedef {ReturnType<typeof startProgress>} Progress
 */
export function startProgress(title, firstStage = '') {
  const out = process.stderr
  const startedAt = performance.now()
  let stage = firstStage
  let detail = stage
  let printedAt = -Infinity

  const line = () =>
    [title, detail, `${Math.round((performance.now() - startedAt) / 1000)} s`].filter(Boolean).join(' · ')
  const draw = () => {
    if (out.isTTY) out.write(`\r\x1b[K${line().slice(0, (out.columns || 80) - 1)}`)
    else if (performance.now() - printedAt >= quietMs) print(line())
  }
  const print = (/** @type {string} */ text) => {
    out.write(`${out.isTTY ? '\r\x1b[K' : ''}${text}\n`)
    printedAt = performance.now()
  }

  draw()
  const timer = setInterval(draw, 1_000)

  return {
    /**
     * @param {string} now the stage of the work: a change of it is worth a line in a log
     * @param {string} [count] how far it has come: only worth rewriting a line for
     */
    say(now, count = '') {
      const changed = now !== stage
      stage = now
      detail = [now, count].filter(Boolean).join(', ')
      if (changed && !out.isTTY) print(line())
      else draw()
    },
    end(/** @type {string} */ verdict) {
      clearInterval(timer)
      detail = verdict
      print(line())
    },
  }
}

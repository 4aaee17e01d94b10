/** Why a data folder cannot be used. The message says what to do. */
export class StoreOpenError extends Error {
  readonly code: 'newer' | 'unwritable' | 'full' | 'io' | 'in-use'

  constructor(code: StoreOpenError['code'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StoreOpenError'
    this.code = code
  }
}

export class NewerDataError extends StoreOpenError {
  readonly found: number
  readonly supported: number

  constructor(file: string, found: number, supported: number) {
    super(
      'newer',
      `${file} was written by a newer Headroom: its version is ${found}, this program knows up to ${supported}. Start the newer program, or give another data folder with --data.`,
    )
    this.name = 'NewerDataError'
    this.found = found
    this.supported = supported
  }
}

/** Another collector has the folder. */
export class FolderInUseError extends StoreOpenError {
  readonly pid: number | null

  constructor(folder: string, pid: number | null) {
    super(
      'in-use',
      `${folder} is already in use by ${pid === null ? 'another collector' : `the collector with process id ${pid}`}. Stop that one, or give another data folder with --data.`,
    )
    this.name = 'FolderInUseError'
    this.pid = pid
  }
}

/** The program's version, as `--version`, the status and the OpenAPI document give it. */
export const VERSION = '0.1.0'

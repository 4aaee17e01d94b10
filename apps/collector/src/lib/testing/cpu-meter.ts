/** How long this thread has computed from now on, in ms: what it costs, and not how busy the machine is. */
export function cpuMeter(): () => number {
  const began = process.threadCpuUsage()
  return () => {
    const { user, system } = process.threadCpuUsage(began)
    return (user + system) / 1_000
  }
}

export { startDemo, type Demo, type StartDemoOptions } from './start-demo.ts'

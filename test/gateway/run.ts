/** Runs Jest beside the gateway: `npm run test:gateway -- test/gateway/samples.test.ts` */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readLiveRouting } from './environment';

function main(): number {
  let program: string;
  try {
    program = readLiveRouting();
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
  const jest = createRequire(`${process.cwd()}/`).resolve('jest/bin/jest');
  const command = [process.execPath, jest, '--config', 'jest.gateway.config.js', ...process.argv.slice(2)];
  return spawnSync(program, command, { stdio: 'inherit' }).status ?? 1;
}

process.exitCode = main();

// `npm run sandbox`: starts the sandbox for an n8n on this machine. Rule: it listens on this machine only and prints everything to enter into n8n.
import { parseArgs } from 'node:util';
import { startSandbox } from './index';
import type { Sandbox } from './index';

const DEFAULT_PORT = 4510;
const DEFAULT_JOB_SECONDS = 20;
const DEFAULT_QUEUE_SECONDS = 2;
const DEFAULT_CREDITS = 1000;
const CALLBACK_PAUSE_SECONDS = 5;

const USAGE = 'Usage: npm run sandbox -- [--port 4510] [--job-seconds 20] [--credits 1000]';

function readNumber(text: string | undefined, name: string, fallback: number) {
	if (text === undefined) return fallback;
	const value = Number(text);
	if (text.trim() === '' || !(value >= 0)) throw new Error(`--${name} must be a number of zero or more, not "${text}"`);
	return value;
}

function readOptions() {
	const { values } = parseArgs({
		options: {
			port: { type: 'string' },
			'job-seconds': { type: 'string' },
			credits: { type: 'string' },
			help: { type: 'boolean' },
		},
	});
	return {
		help: values.help ?? false,
		port: readNumber(values.port, 'port', DEFAULT_PORT),
		jobSeconds: readNumber(values['job-seconds'], 'job-seconds', DEFAULT_JOB_SECONDS),
		credits: readNumber(values.credits, 'credits', DEFAULT_CREDITS),
	};
}

function greeting({ url, apiKey, clientId, credits, settings }: Sandbox) {
	return `
An Akool for trying things out listens at ${url}. Nothing here is charged and nothing leaves this machine.

In n8n, credential "Akool API":
  API Key    ${apiKey}
  Client ID  ${clientId}
  Base URL   ${url}

An image to animate:   ${url}/images/product.jpg
Account: ${credits} credits; a video takes ${settings.queueSeconds} + ${settings.jobSeconds} s.
One video its own way, in its prompt:  [sandbox: seconds=10, fail]
The next create is charged, but its answer never comes:
  curl -s ${url}/__sandbox__/faults -H 'content-type: application/json' -d '{"on":"create","kind":"resetAfter","times":1}'
What has happened so far:  curl -s ${url}/__sandbox__/state     All faults: docs/dev/sandbox.md

Ctrl-C ends it.
`;
}

/** What to print if the sandbox did not start. */
function explain(error: unknown) {
	if (!(error instanceof Error)) return String(error);
	if ('code' in error && error.code === 'EADDRINUSE') {
		return `${error.message}\nSomething else listens on that port already. End it, or choose another one: npm run sandbox -- --port 4511`;
	}
	return `${error.message}\n${USAGE}`;
}

async function main() {
	const { help, ...options } = readOptions();
	if (help) {
		console.log(USAGE);
		return;
	}
	const sandbox = await startSandbox({
		...options,
		queueSeconds: DEFAULT_QUEUE_SECONDS,
		repeatCallbackSeconds: CALLBACK_PAUSE_SECONDS,
		imageVideos: true,
	});
	console.log(greeting(sandbox));
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void sandbox.close());
}

main().catch((error) => {
	console.error(explain(error));
	process.exitCode = 1;
});

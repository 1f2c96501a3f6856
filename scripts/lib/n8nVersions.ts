// Owns which releases of n8n this package is tried on. Rule: the target is what users have now, the oldest is what the README promises.
import { ScriptError } from './steps';

export const TARGET_N8N = '2.41.1';
export const OLDEST_N8N = '2.8.4';

/**
 * What a release needs here.
 * `overrides`: versions of its own dependencies that are known to install and run together with it; without them npm takes newer ones, which it
 * cannot fit together or which n8n does not start with.
 * `env`: settings that not every release knows; an unknown module there keeps n8n from starting.
 */
const N8N_RELEASES: Record<string, { overrides: Record<string, string>; env: Record<string, string> }> = {
	[TARGET_N8N]: {
		overrides: { linkedom: '0.18.13', '@langchain/langgraph': '1.3.7' },
		// This module calls n8n's own servers at every start.
		env: { N8N_DISABLED_MODULES: 'mcp-registry' },
	},
	[OLDEST_N8N]: {
		overrides: {
			linkedom: '0.18.13',
			'@langchain/langgraph': '1.1.0',
			'@langchain/langgraph-checkpoint': '1.0.0',
			xlsx: '0.18.5',
			'@sentry/node': '10.36.0',
			'@sentry/opentelemetry': '10.36.0',
			'@sentry/node-native': '10.36.0',
			'@sentry/profiling-node': '10.36.0',
			'@opentelemetry/core': '2.1.0',
			'@opentelemetry/sdk-trace-base': '2.1.0',
		},
		env: {},
	},
};

/** @throws {ScriptError} when the package was never tried on that release */
export function releaseOf(version: string) {
	const release = N8N_RELEASES[version];
	if (release !== undefined) return release;
	throw new ScriptError(
		`Nobody has tried this package on n8n ${version} yet.`,
		`Known releases: ${Object.keys(N8N_RELEASES).join(', ')}.`,
	);
}

// Owns which releases of n8n this package is tried on. Rule: the target is what users have now, the oldest is what the README promises.
import { gt, prerelease, rcompare } from 'semver';
import { run } from './run';

export const TARGET_N8N = '2.41.1';
export const OLDEST_N8N = '2.8.4';
/** Stands for the newest release that can be installed. */
export const LATEST_N8N = 'latest';

/** A release sometimes names a part that the registry does not have (yet); the one before it is then the newest that users can have. */
const LATEST_TRIED = 5;

/**
 * What a release needs here.
 * `overrides`: versions of its own dependencies that are known to install and run together with it; without them newer ones are taken, which
 * n8n does not start with.
 * `env`: settings that not every release knows; an unknown module there keeps n8n from starting.
 */
interface Release {
	overrides: Record<string, string>;
	env: Record<string, string>;
}

const TARGET_RELEASE: Release = {
	overrides: { linkedom: '0.18.13', '@langchain/langgraph': '1.3.7' },
	// This module calls n8n's own servers at every start.
	env: { N8N_DISABLED_MODULES: 'mcp-registry' },
};
const OLDEST_RELEASE: Release = {
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
};

/** What a release needs. A newer one than the target takes its own dependencies as they are. */
export function releaseOf(version: string): Release {
	if (version === TARGET_N8N) return TARGET_RELEASE;
	if (gt(version, TARGET_N8N)) return { ...TARGET_RELEASE, overrides: {} };
	return OLDEST_RELEASE;
}

/**
 * The releases that a version stands for, the first one first to be tried.
 * @param version a release, or `latest`
 */
export async function releasesFor(version: string): Promise<string[]> {
	if (version !== LATEST_N8N) return [version];
	const { versions, 'dist-tags': tags }: { versions: string[]; 'dist-tags': { latest: string } } = JSON.parse(
		await run('npm', ['view', 'n8n', 'versions', 'dist-tags', '--json']),
	);
	const stable = versions.filter((candidate) => prerelease(candidate) === null && !gt(candidate, tags.latest));
	return stable.sort(rcompare).slice(0, LATEST_TRIED);
}

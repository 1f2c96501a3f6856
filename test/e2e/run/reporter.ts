// What is said at the end: why scenarios failed, and how many. The scenarios themselves are reported as they end, see `declare.ts`. Rule: the last
// line is the count, alone.
import { explain } from './explain';

/** What node:test reports of a test or a suite as it ends. */
interface TestEvent {
	type: string;
	data: { name: string; details: { type?: string; error?: Error & { failureType?: string } } };
}

/** @param events of node:test */
async function* report(events: AsyncIterable<TestEvent>) {
	const failures: string[] = [];
	let passed = 0;
	for await (const { type, data } of events) {
		if (type !== 'test:pass' && type !== 'test:fail') continue;
		// A suite fails with its scenarios; only what broke outside of them is reported.
		if (data.details.type === 'suite' && (type === 'test:pass' || data.details.error?.failureType === 'subtestsFailed'))
			continue;
		if (type === 'test:pass') passed += 1;
		else failures.push(`✗ ${data.name}\n${explain(data.details.error).replace(/^/gm, '    ')}`);
	}
	if (failures.length > 0) yield `\n${failures.join('\n\n')}\n`;
	yield `\n${passed} passed, ${failures.length} failed\n`;
}

// Node.js imports it, and takes for the default export of a CommonJS module all that this exports.
module.exports = report;

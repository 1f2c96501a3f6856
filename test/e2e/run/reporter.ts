// What is said at the end: why scenarios failed, and how many. The scenarios themselves are told of as they end, see `declare.ts`. Rule: the last
// line is the count, alone.

const MOST_CAUSES = 4;

/** What is told of something that was thrown. */
type Thrown = { code?: string; stack?: string; cause?: unknown };

/** What node:test tells of a test or a suite as it ends. */
interface TestEvent {
	type: string;
	data: { name: string; details: { type?: string; error?: Error & { failureType?: string } } };
}

/** @returns the stack of what was thrown, and of what caused it */
function explain(error: unknown): string {
	const told: string[] = [];
	for (let current = error; current !== undefined && told.length < MOST_CAUSES;) {
		const { code, stack = String(current), cause }: Thrown = current instanceof Error ? current : {};
		if (code !== 'ERR_TEST_FAILURE') told.push(stack);
		current = cause;
	}
	return told.join('\ncaused by ') || String(error);
}

/** @param events of node:test */
async function* report(events: AsyncIterable<TestEvent>) {
	const failures: string[] = [];
	let passed = 0;
	for await (const { type, data } of events) {
		if (type !== 'test:pass' && type !== 'test:fail') continue;
		// A suite fails with its scenarios; only what broke outside of them is news.
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

// What is said at the end: why scenarios failed, and how many. The scenarios themselves are told of as they end, see `declare.mjs`. Rule: the last
// line is the count, alone.

const MOST_CAUSES = 4;

/** @param {any} error @returns {string} the stack of what was thrown, and of what caused it */
function explain(error) {
	const told = [];
	for (let current = error; current !== undefined && told.length < MOST_CAUSES; current = current?.cause) {
		if (current?.code !== 'ERR_TEST_FAILURE') told.push(current?.stack ?? String(current));
	}
	return told.join('\ncaused by ') || String(error);
}

/** @param {AsyncIterable<any>} events of node:test */
export default async function* report(events) {
	/** @type {string[]} */
	const failures = [];
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

// The promises that are broken on purpose, each with the scenario that is there to notice. Rule: what is put in keeps the package loading and working
// in everything else, so that a scenario can go red for one reason alone.

export interface Breakage {
	/** is broken, as it stands in the table */
	what: string;
	/** one of the sources, from the root of the repository */
	file: string;
	/** text that occurs once in it */
	find: string;
	replaceWith: string;
	/** part of the title of the scenario that has to notice */
	scenario: string;
	/** what that scenario has to say */
	because: RegExp;
}

const EVERY_CALLBACK = 'Every callback gets the documented answer';

const NODE = 'nodes/AkoolImageToVideo';

export const BREAKAGES: readonly Breakage[] = [
	{
		what: 'the ledger is switched off',
		file: `${NODE}/orders/takeUp.ts`,
		find: 'const existing = orders.filter(mayExist);',
		replaceWith: 'const existing = orders.filter(mayExist).slice(orders.length);',
		scenario: 'Retry On Fail continues with the existing videos',
		because: /10 !== 5/,
	},
	{
		what: 'an order without an answer is sent again',
		file: `${NODE}/orders/sendOrder.ts`,
		find: "if (outcome.kind !== 'notSent') {",
		replaceWith: "if (outcome.kind !== 'notSent' && outcome.kind !== 'unknown') {",
		scenario: 'The answer to an order is cut off',
		because: /2 !== 1/,
	},
	{
		what: 'Maximum Credits is not enforced',
		file: `${NODE}/orders/budget.ts`,
		find: 'committed + price * videoCount <= maxCredits',
		replaceWith: 'committed + price * videoCount < Infinity',
		scenario: 'Maximum Credits: 5 of 50 videos are created',
		because: /50 videos were made/,
	},
	{
		what: 'the pending items are not kept when an execution is parked',
		file: `${NODE}/n8n/parkedItems.ts`,
		find: 'entry.data = { main: [[...items]] };',
		replaceWith: '',
		scenario: 'Lost callbacks: the time-out returns 20 IDs',
		because: /'Video IDs' is empty/,
	},
	{
		what: 'the read-back of a callback is skipped',
		file: `${NODE}/trigger/handleCallback.ts`,
		find: 'if (!settings.verifyByReading)',
		replaceWith: 'if (settings !== undefined)',
		scenario: EVERY_CALLBACK,
		because: /a video that Akool does not know/,
	},
	{
		what: 'a parked execution trusts what a callback claims',
		file: `${NODE}/waiting/parkedCall.ts`,
		find: 'row !== undefined && isFinal(row) && oddityOf(row) === undefined',
		replaceWith: 'row !== undefined && isFinal({ ...row, status: 3 }) && oddityOf(row) === undefined',
		scenario: 'Unfinished, repeated, forged and unrelated callbacks',
		because: /nothing that cannot be verified/,
	},
	{
		what: 'the signature of a callback is not checked',
		file: `${NODE}/callbacks/verify.ts`,
		find: "? 'fits' : 'does-not-fit'",
		replaceWith: "? 'fits' : 'fits'",
		scenario: EVERY_CALLBACK,
		because: /a broken signature/,
	},
	{
		what: 'the events that started the workflow are forgotten',
		file: `${NODE}/callbacks/seen.ts`,
		find: 'return this.minutes.has(pairOf(id, status));',
		replaceWith: 'return new Set<string>().has(pairOf(id, status));',
		scenario: EVERY_CALLBACK,
		because: /started too often/,
	},
	{
		what: 'only the first event is saved with the workflow',
		file: `${NODE}/n8n/staticData.ts`,
		find: 'await clock.sleep(ONCE_IT_STARTS_MS, undefined);\n	staticData[key] = valueOf();',
		replaceWith: 'await clock.sleep(ONCE_IT_STARTS_MS, undefined);',
		scenario: 'An event that started the workflow before n8n was killed',
		because: /started too often/,
	},
	{
		what: 'an execution that should park keeps polling',
		file: `${NODE}/waiting/finishVideos.ts`,
		find: 'clock.now() < endMs && underWay.isAwaited()',
		replaceWith: 'endMs < 0 && underWay.isAwaited()',
		scenario: 'Wait mode callback',
		because: /is success instead of waiting/,
	},
	{
		what: 'the IDs of videos are not written into the custom data',
		file: `${NODE}/orders/executionData.ts`,
		find: 'store.set(keyOf(index), ids',
		replaceWith: 'void (keyOf(index), ids',
		scenario: 'A parked execution that is stopped',
		because: /Set\(2\)/,
	},
	{
		what: 'the API key is sent to the file’s host',
		file: `${NODE}/transport/fileAddress.ts`,
		find: 'context.helpers.httpRequest({',
		replaceWith: "context.helpers.httpRequestWithAuthentication.call(context, 'akoolApi', {",
		scenario: 'The API key is never sent to the file',
		because: /1 !== 0/,
	},
	{
		what: 'a response that is not a video is kept as the file',
		file: `${NODE}/transport/keepFile.ts`,
		find: '= typeToKeep(type, headers);',
		replaceWith: "= typeToKeep(type, headers) ?? { mimeType: 'video/mp4', isSure: true };",
		scenario: 'A broken download is retried',
		because: /something else was kept for the file/,
	},
	{
		what: 'the node is hidden from the search of the nodes panel',
		file: `${NODE}/AkoolImageToVideo.node.json`,
		find: '"subcategories": { "AI": ["Agents", "Miscellaneous", "Root Nodes"] },',
		replaceWith: '',
		scenario: 'The nodes panel finds the node',
		because: /found by “Akool”/,
	},
];

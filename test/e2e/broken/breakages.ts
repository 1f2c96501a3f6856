// The promises that are broken on purpose, each with the scenario that is there to notice. Rule: what is put in keeps the package loading and working
// in everything else, so that a scenario can go red for one reason alone.

export interface Breakage {
	/** is broken, as it stands in the table */
	what: string;
	/** one of the sources, from the root of the repository */
	file: string;
	/** texts that occur once in it, and what comes in the place of each: more than one where several checks keep the promise */
	replace: Readonly<Record<string, string>>;
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
		file: `${NODE}/orders/findExisting.ts`,
		replace: {
			'const existing = orders.filter(mayExist);': 'const existing = orders.filter(mayExist).slice(orders.length);',
		},
		scenario: 'Retry On Fail continues with the existing videos',
		because: /10 !== 5/,
	},
	{
		what: 'an order without an answer is sent again',
		file: `${NODE}/orders/sendOrder.ts`,
		replace: {
			"if (outcome.kind !== 'notSent') {": "if (outcome.kind !== 'notSent' && outcome.kind !== 'unknown') {",
		},
		scenario: 'The answer to an order is cut off',
		because: /2 !== 1/,
	},
	{
		what: 'Maximum Credits is not enforced',
		file: `${NODE}/orders/budget.ts`,
		replace: {
			'committed + price * videoCount <= maxCredits': 'committed + price * videoCount < Infinity',
		},
		scenario: 'Maximum Credits: 5 of 50 videos are created',
		because: /50 videos were made/,
	},
	{
		what: 'the pending items are not kept when an execution is parked',
		file: `${NODE}/n8n/parkedItems.ts`,
		replace: {
			'entry.data = { main: [[...items]] };': '',
		},
		scenario: 'Lost callbacks: the time-out returns 20 IDs',
		because: /'Video IDs' is empty/,
	},
	{
		what: 'the read-back of a callback is skipped',
		file: `${NODE}/trigger/handleCallback.ts`,
		replace: {
			'if (!settings.verifyByReading)': 'if (settings !== undefined)',
		},
		scenario: EVERY_CALLBACK,
		because: /a video that Akool does not know/,
	},
	{
		what: 'a parked execution trusts what a callback claims',
		file: `${NODE}/waiting/parkedCall.ts`,
		replace: {
			'row !== undefined && isFinal(row) && oddityOf(row) === undefined':
				'row !== undefined && isFinal({ ...row, status: 3 }) && oddityOf(row) === undefined',
		},
		scenario: 'Unfinished, repeated, forged and unrelated callbacks',
		because: /cannot be verified/,
	},
	{
		what: 'the signature of a callback is not checked',
		file: `${NODE}/callbacks/verify.ts`,
		replace: {
			"? 'fits' : 'does-not-fit'": "? 'fits' : 'fits'",
		},
		scenario: EVERY_CALLBACK,
		because: /a broken signature/,
	},
	{
		what: 'the events that started the workflow are forgotten',
		file: `${NODE}/callbacks/seen.ts`,
		replace: {
			'return this.minutes.has(pairOf(id, status));': 'return new Set<string>().has(pairOf(id, status));',
		},
		scenario: EVERY_CALLBACK,
		because: /started too often/,
	},
	{
		what: 'only the first event is saved with the workflow',
		file: `${NODE}/n8n/staticData.ts`,
		replace: {
			'await clock.sleep(ONCE_IT_STARTS_MS, undefined);\n	staticData[key] = valueOf();':
				'await clock.sleep(ONCE_IT_STARTS_MS, undefined);',
		},
		scenario: 'An event that started the workflow before n8n was killed',
		because: /started too often/,
	},
	{
		what: 'an execution that should park keeps polling',
		file: `${NODE}/waiting/finishVideos.ts`,
		replace: {
			'clock.now() < endMs && underWay.isAwaited()': 'endMs < 0 && underWay.isAwaited()',
		},
		scenario: 'Wait mode callback',
		because: /is success instead of waiting/,
	},
	{
		what: 'the IDs of videos are not written into the custom data',
		file: `${NODE}/orders/executionData.ts`,
		replace: {
			'store.set(keyOf(index), ids': 'void (keyOf(index), ids',
		},
		scenario: 'A parked execution that is stopped',
		because: /Set\(2\)/,
	},
	{
		what: 'the API key is sent to the file’s host',
		file: `${NODE}/transport/fileAddress.ts`,
		replace: {
			'context.helpers.httpRequest({': "context.helpers.httpRequestWithAuthentication.call(context, 'akoolApi', {",
		},
		scenario: 'The API key is never sent to the file',
		because: /the key was sent to the file’s host/,
	},
	{
		what: 'a response that is not a video is kept as the file',
		file: `${NODE}/transport/keepFile.ts`,
		replace: {
			'= typeToKeep(type, headers);': "= typeToKeep(type, headers) ?? { mimeType: 'video/mp4', isSure: true };",
			'if (isNoFile(type, start)) return': 'if (start === undefined) return',
		},
		scenario: 'A broken download is retried',
		because: /something else was kept for the file/,
	},
	{
		what: 'the node is hidden from the search of the nodes panel',
		file: `${NODE}/AkoolImageToVideo.node.json`,
		replace: {
			'"subcategories": { "AI": ["Agents", "Miscellaneous", "Root Nodes"] },': '',
		},
		scenario: 'The nodes panel finds the node',
		because: /found by “Akool”/,
	},
];

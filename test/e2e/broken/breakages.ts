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

const EVERY_CALL = 'every call is answered as promised';

const NODE = 'nodes/AkoolImageToVideo';

export const BREAKAGES: readonly Breakage[] = [
	{
		what: 'the ledger is switched off',
		file: `${NODE}/orders/takeUp.ts`,
		find: 'const existing = orders.filter(mayExist);',
		replaceWith: 'const existing = orders.filter(mayExist).slice(orders.length);',
		scenario: 'Retry On Fail takes up the videos that exist',
		because: /10 !== 5/,
	},
	{
		what: 'a create without an answer is sent again',
		file: `${NODE}/orders/sendOrder.ts`,
		find: "if (outcome.kind !== 'notSent') {",
		replaceWith: "if (outcome.kind !== 'notSent' && outcome.kind !== 'unknown') {",
		scenario: 'the answer to a create is cut off',
		because: /2 !== 1/,
	},
	{
		what: 'Maximum Credits is not kept',
		file: `${NODE}/orders/budget.ts`,
		find: 'committed + price * videoCount <= maxCredits',
		replaceWith: 'committed + price * videoCount < Infinity',
		scenario: 'Maximum Credits: 5 videos are made of 50',
		because: /50 videos were made/,
	},
	{
		what: 'the pending items are not kept when an execution is parked',
		file: `${NODE}/n8n/parkedItems.ts`,
		find: 'entry.data = { main: [[...items]] };',
		replaceWith: '',
		scenario: 'callbacks that are lost: the time-out hands on 20 IDs',
		because: /undefined/,
	},
	{
		what: 'the read-back of a callback is skipped',
		file: `${NODE}/trigger/handleCallback.ts`,
		find: 'if (!settings.verifyByReading)',
		replaceWith: 'if (settings !== undefined)',
		scenario: EVERY_CALL,
		because: /a video that Akool does not know/,
	},
	{
		what: 'a parked execution takes a call for Akool’s own word',
		file: `${NODE}/waiting/parkedCall.ts`,
		find: 'row !== undefined && isFinal(row) && oddityOf(row) === undefined',
		replaceWith: 'row !== undefined && isFinal({ ...row, status: 3 }) && oddityOf(row) === undefined',
		scenario: 'unfinished, repeated, forged and foreign callbacks leave it parked',
		because: /what cannot be verified/,
	},
	{
		what: 'the signature of a callback is not looked at',
		file: `${NODE}/callbacks/verify.ts`,
		find: "? 'fits' : 'does-not-fit'",
		replaceWith: "? 'fits' : 'fits'",
		scenario: EVERY_CALL,
		because: /a broken signature/,
	},
	{
		what: 'what started the workflow before is forgotten',
		file: `${NODE}/callbacks/seen.ts`,
		find: 'return this.minutes.has(pairOf(id, status));',
		replaceWith: 'return new Set<string>().has(pairOf(id, status));',
		scenario: EVERY_CALL,
		because: /started too often/,
	},
	{
		what: 'what started the workflow is kept with it for the first callback alone',
		file: `${NODE}/n8n/staticData.ts`,
		find: 'await clock.sleep(ONCE_IT_STARTS_MS, undefined);\n	staticData[key] = valueOf();',
		replaceWith: 'await clock.sleep(ONCE_IT_STARTS_MS, undefined);',
		scenario: 'what started the workflow before n8n was killed',
		because: /started too often/,
	},
	{
		what: 'an execution that is to be parked goes on',
		file: `${NODE}/waiting/finishVideos.ts`,
		find: 'clock.now() < endMs && underWay.isAwaited()',
		replaceWith: 'endMs < 0 && underWay.isAwaited()',
		scenario: 'waited for with the mode callback',
		because: /is success instead of waiting/,
	},
	{
		what: 'the IDs of videos are not written into the custom data',
		file: `${NODE}/orders/executionData.ts`,
		find: 'store.set(keyOf(index), ids',
		replaceWith: 'void (keyOf(index), ids',
		scenario: 'an execution that is stopped while it is parked',
		because: /Set\(2\)/,
	},
	{
		what: 'the key is sent to the host of the file',
		file: `${NODE}/transport/fileAddress.ts`,
		find: 'context.helpers.httpRequest({',
		replaceWith: "context.helpers.httpRequestWithAuthentication.call(context, 'akoolApi', {",
		scenario: 'the key never goes to the host of a file',
		because: /1 !== 0/,
	},
	{
		what: 'whatever comes in the place of a file is kept',
		file: `${NODE}/transport/keepFile.ts`,
		find: '= typeToKeep(type, headers);',
		replaceWith: "= typeToKeep(type, headers) ?? 'video/mp4';",
		scenario: 'a file breaks off, or a page comes',
		because: /something else was kept for the file/,
	},
	{
		what: 'the node is hidden from the search of the nodes panel',
		file: `${NODE}/AkoolImageToVideo.node.json`,
		find: '"subcategories": { "AI": ["Agents", "Miscellaneous", "Root Nodes"] },',
		replaceWith: '',
		scenario: 'the nodes panel finds the node',
		because: /found by “Akool”/,
	},
];

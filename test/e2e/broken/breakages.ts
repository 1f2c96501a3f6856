// The promises that are broken on purpose, each with the scenario that is there to notice. Rule: what is put in keeps the package loading and working
// in everything else, so that a scenario can go red for one reason alone.

export interface Breakage {
	/** is broken, as it stands in the table */
	what: string;
	/** text that occurs once in all files of the package */
	find: string;
	replaceWith: string;
	/** part of the title of the scenario that has to notice */
	scenario: string;
	/** what that scenario has to say */
	because: RegExp;
}

const EVERY_CALL = 'every call is answered as promised';

export const BREAKAGES: readonly Breakage[] = [
	{
		what: 'the ledger is switched off',
		find: 'claim(request) {',
		replaceWith: 'claim(request) { return undefined;',
		scenario: 'Retry On Fail takes up the videos that exist',
		because: /10 !== 5/,
	},
	{
		what: 'a create without an answer is sent again',
		find: "outcome.kind === 'notSent' || outcome.kind === 'rateLimited'",
		replaceWith: "outcome.kind !== 'apiError'",
		scenario: 'the answer to a create is cut off',
		because: /2 !== 1/,
	},
	{
		what: 'Maximum Credits is not kept',
		find: '<= maxCredits ?',
		replaceWith: '< Infinity ?',
		scenario: 'Maximum Credits: 5 videos are made of 50',
		because: /50 videos were made/,
	},
	{
		what: 'the pending items are not kept when a run is parked',
		find: 'context.getExecuteData().data =',
		replaceWith: 'context.lost =',
		scenario: 'an API key without client ID waits by callback too',
		because: /503/,
	},
	{
		what: 'the read-back of a callback is skipped',
		find: 'if (!settings.verifyByReading)',
		replaceWith: 'if (true)',
		scenario: EVERY_CALL,
		because: /a video that Akool does not know/,
	},
	{
		what: 'a sleeping run takes a call for Akool’s own word',
		find: '&& isFinal(video) && finished',
		replaceWith: '&& finished',
		scenario: 'unfinished, repeated, forged and foreign callbacks leave it parked',
		because: /ahead of Akool’s own word/,
	},
	{
		what: 'the signature of a callback is not looked at',
		find: "? 'fits' : 'does-not-fit'",
		replaceWith: "? 'fits' : 'fits'",
		scenario: EVERY_CALL,
		because: /a broken signature/,
	},
	{
		what: 'what started the workflow before is forgotten',
		find: 'return this.pairs.has(',
		replaceWith: 'return new Set().has(',
		scenario: EVERY_CALL,
		because: /started too often/,
	},
	{
		what: 'what started the workflow is kept with it for the first news alone',
		find: 'void 0), staticData[STATIC_DATA_KEY] = seen.toText()',
		replaceWith: 'void 0)',
		scenario: 'what started the workflow before n8n was killed',
		because: /started too often/,
	},
	{
		what: 'a run that is to sleep stays awake',
		find: '|| Date.now() >= endMs || !homecoming',
		replaceWith: '|| true || !homecoming',
		scenario: 'waited for with the mode callback',
		because: /is success instead of waiting/,
	},
	{
		what: 'the IDs of videos are not written into the custom data',
		find: 'store.set(keyOf(index),',
		replaceWith: 'void (keyOf(index),',
		scenario: 'an execution that is stopped while it is parked',
		because: /Set\(2\)/,
	},
	{
		what: 'the key is sent to the host of the file',
		find: 'context.helpers.httpRequest({',
		replaceWith: "context.helpers.httpRequestWithAuthentication.call(context, 'akoolApi', {",
		scenario: 'the key never goes to the host of a file',
		because: /1 !== 0/,
	},
	{
		what: 'whatever comes in the place of a file is kept',
		find: '= typeToKeep(kind, headers);',
		replaceWith: "= typeToKeep(kind, headers) ?? 'video/mp4';",
		scenario: 'a file breaks off, or a page comes',
		because: /something else was kept for the file/,
	},
	{
		what: 'the node is hidden from the search of the nodes panel',
		find: '"subcategories": { "AI": ["Agents", "Miscellaneous", "Root Nodes"] }, "alias": ["akool", "image to video", "img2vid", "video generation"',
		replaceWith: '"alias": ["akool", "image to video", "img2vid", "video generation"',
		scenario: 'the nodes panel finds the node',
		because: /found by “Akool”/,
	},
];

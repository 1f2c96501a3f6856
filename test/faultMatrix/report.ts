// The page about the fault matrix, generated from the results of a run. Rule: nothing in its tables is written by hand, and the page in the
// repository has to be that of the last run.

import { COLUMNS, type Column } from './columns';
import type { Observed, Row } from './cell';

export interface CellResult {
	row: Row;
	column: Column;
	observed: Observed;
}

const GROUPS: ReadonlyArray<readonly [title: string, rows: readonly string[]]> = [
	['Calls that cost credits', ['Create', 'Create Batch', 'Update Audio', 'List of jobs', 'Retry On Fail']],
	[
		'Calls that read',
		['Get', 'Waiting', 'Delete', 'Get Many effects', 'Get Many models', 'Get Credits', 'Access token', 'File'],
	],
	['Callbacks of Akool', ['Trigger', 'Waiting execution']],
];

const INTRODUCTION = `# What may go wrong

\`npm run test:faults\` combines every fault of Akool, the network or n8n with every request, and checks this page. The node is run by
n8n's own engine against the [sandbox](sandbox.md). A cell passes only if the user got exactly what was expected, and the sandbox counted
exactly the requests, videos and credits that were expected. A \`–\` is a combination that is not tested,
mostly because it cannot occur.`;

const LEGEND = `## How to read it

| Word | What it means |
| --- | --- |
| done | The user got what was asked for. |
| refused | An error with Akool's code and words, and what to do. Nothing was spent. |
| error | An error that says what happened and what to do. Nothing was spent. |
| unknown outcome | The order was sent once and got no answer. The message says that a video may exist and may have been charged, and what the balance and Akool's list of jobs show of it. |
| not accepted | The order was sent once and got no answer that says so, but two balances half a minute apart and Akool's list of jobs show that nothing was made or charged. A retry orders it again. |
| ID named | An error that names the video which is paid for. |
| unknown status | The item has the status as Akool gave it, under the name \`unknown\`. |
| rest explained | The videos that were created are returned, and beside them items that say what was not created and why. |
| stopped | The execution ended at once. Videos that were on their way are named in n8n's log. |
| waiting | The execution keeps the status Waiting; nothing is lost, and nothing was charged twice. |
| resumed by its page | No callback came. A person who opened the link on the waiting node resumed the execution. |
| 200, 401, 503 | The answer to each callback, one number each. After 503 Akool calls again. |
| sent 3× | How often the request of this column left n8n; once, where nothing stands. |
| 2 videos | How many videos were made and charged. |

A fault occurs once or twice and passes, or it stays; [test/faultMatrix](../../test/faultMatrix) says which.

**Waiting** is the status request that is repeated while a Create waits, with an order that was paid for. **List of jobs** is where a Create whose answer was cut
off looks for its video. **Retry On Fail** is a Create that n8n runs again. **Access token** is what Authentication by access token asks for first. **Waiting execution** is one with the status Waiting, which a callback
of Akool's resumes; its cells go on to the items that are returned.`;

/** How callbacks were answered, or how many of them were refused. */
const CALLED = /^\d{3}\b|^\d+ of \d+ refused/;

function shorten(user: string): string {
	if (CALLED.test(user))
		return user
			.replace(/ "[^"]*"(, names .*)?/, '')
			.replace('still waiting', 'waiting')
			.replace(/; hint: This video (?:was|is) returned without a file.*/, ' without file');
	if (user.startsWith('stopped')) return 'stopped';
	if (/^"\d+ of \d+ videos? finished: /.test(user)) return 'resumed by its page';
	if (/, (?:\d+ × )?(?:Akool (?:created \d+ of|did not)|Video not created)/.test(user)) return 'rest explained';
	if (user.startsWith('error "Akool did not create')) return 'not accepted';
	if (user === 'unknown') return 'unknown status';
	if (!user.startsWith('error')) return 'done';
	if (user.includes('perhaps charged')) return 'unknown outcome';
	if (user.includes(', names')) return 'ID named';
	return /^error \d/.test(user) ? 'refused' : 'error';
}

function plural(count: number, noun: string): string {
	return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function word({ row, observed: { user, asked, videos } }: CellResult, spends: boolean): string {
	const sent = asked[row.on] ?? 0;
	const isCalled = CALLED.test(user);
	const parts = [shorten(user)];
	if (sent > 1 && !isCalled) parts.push(`sent ${sent.toLocaleString('en')}×`);
	if (sent === 0 && asked.refused !== undefined) parts.push('never sent');
	if (spends) parts.push(videos === 0 ? 'no video' : plural(videos, 'video'));
	return parts.join(', ');
}

function tableOf(results: readonly CellResult[], names: readonly string[], spends: boolean): string {
	const cellOf = (column: Column, name: string): string => {
		const found = results.find((cell) => cell.column === column && cell.row.name === name);
		return found === undefined ? '–' : word(found, spends);
	};
	const lines = COLUMNS.map((column) => [column, ...names.map((name) => cellOf(column, name))]).filter(([, ...cells]) =>
		cells.some((cell) => cell !== '–'),
	);
	return [['', ...names], ['---', ...names.map(() => '---')], ...lines]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

/** The titles that users of all cells read, each once. */
function titles(results: readonly CellResult[]): string {
	const told = results.flatMap(({ observed: { user } }) =>
		[...user.matchAll(/error (?:\d+ )?"(.*?)(?: \[Item \d+\])?"/g)].map(([, title = '']) =>
			title.replaceAll(/#\d+/g, '…'),
		),
	);
	return [...new Set(told)]
		.sort()
		.map((title) => `- ${title}`)
		.join('\n');
}

function totals(results: readonly CellResult[]): string {
	const sum = (of: (observed: Observed) => number): number =>
		results.reduce((total, { observed }) => total + of(observed), 0);
	const requests = sum(({ asked }) =>
		Object.entries(asked).reduce((total, [name, count]) => total + (name === 'refused' ? 0 : count), 0),
	);
	return `${plural(results.length, 'cell')}. The sandbox counted ${plural(requests, 'request')}, ${plural(
		sum(({ videos }) => videos),
		'video',
	)} and ${plural(
		sum(({ credits }) => credits),
		'credit',
	)}, all as expected.`;
}

/** The page about a run. */
export function reportOf(results: readonly CellResult[]): string {
	const tables = GROUPS.map(([title, names], index) => `## ${title}\n\n${tableOf(results, names, index === 0)}`);
	return [INTRODUCTION, totals(results), LEGEND, ...tables, `## What the users read\n\n${titles(results)}`]
		.join('\n\n')
		.concat('\n');
}

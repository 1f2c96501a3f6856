// Reads a processor profile of n8n: whose code ran in which window of time. Rule: time belongs to the package whose code ran, and what belongs to nobody
// (Node.js's own code, small helpers) to the one that called it.
import { readFile } from 'node:fs/promises';

/** Kinds of work, each with what the files of its code are known by; the first that fits counts. */
const KINDS = [
	{
		name: 'isolates and expressions',
		isOf: /\/(isolated-vm|@n8n\/(expression-runtime|tournament)|esprima-next|recast|ast-types|riot-tmpl)\/|\/n8n-workflow\/dist\/.*(expression|workflow-data-proxy)/,
	},
	{ name: 'this package', isOf: /\/n8n-nodes-akool\// },
	{ name: 'SQLite and its mapper', isOf: /\/(sqlite3|@n8n\/(typeorm|db))\/|\/n8n\/dist\/databases\// },
	{
		name: 'requests and answers',
		isOf: /\/(express|body-parser|raw-body|router|send|qs|compression|helmet|cookie-parser|on-finished|axios|follow-redirects|form-data|agent-base|https?-proxy-agent)\/|^node:(_http|internal\/http|http|https|net|_tls)/,
	},
	{ name: 'n8n’s own code', isOf: /\/(n8n|n8n-core|n8n-workflow|n8n-nodes-base|@n8n\/[\w-]+)\/(dist|build)\// },
];
/** What a profile calls the work of the engine itself. */
const ENGINE_WORK = {
	'(garbage collector)': 'clearing up memory',
	'(program)': 'Node.js itself',
} as Record<string, string>;
const NOBODY = 'Node.js itself';
const OTHERS = 'other packages';
const IDLE = '(idle)';
/** In the order in which they are shown. */
export const KIND_NAMES = [...KINDS.map(({ name }) => name), OTHERS, NOBODY, 'clearing up memory'];

type ProfileNode = { id: number; callFrame: { functionName: string; url: string }; children?: number[] };
type Profile = { nodes: ProfileNode[]; startTime: number; samples: number[]; timeDeltas: number[] };
/** by the clock of `nowUs` */
export type Window = { fromUs: number; toUs: number };
/** by kind of work: parts of the time in which the thread was busy, which make 1 */
export type Shares = Record<string, number>;

/** The clock that profiles go by. */
export const nowUs = (): number => Number(process.hrtime.bigint() / 1_000n);

export const readProfile = async (path: string): Promise<Profile> => JSON.parse(await readFile(path, 'utf8'));

/**
 * What kind of work each place in the code is.
 * @returns by the node's number
 */
function kindsOf({ nodes }: Profile): Map<number, string> {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const kinds: Map<number, string> = new Map();
	const kindOf = ({ callFrame: { functionName, url } }: ProfileNode, callersKind: string) => {
		if (functionName === IDLE) return IDLE;
		if (functionName in ENGINE_WORK) return ENGINE_WORK[functionName] ?? NOBODY;
		const known = KINDS.find(({ isOf }) => isOf.test(url));
		if (known !== undefined) return known.name;
		return callersKind === NOBODY && url.includes('/node_modules/') ? OTHERS : callersKind;
	};
	// Without recursion: stacks are deep.
	const [root] = nodes;
	const open = root === undefined ? [] : [{ node: root, callersKind: NOBODY }];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const kind = kindOf(next.node, next.callersKind);
		kinds.set(next.node.id, kind);
		for (const id of next.node.children ?? []) {
			const node = byId.get(id);
			if (node !== undefined) open.push({ node, callersKind: kind });
		}
	}
	return kinds;
}

/** Says how the busy time of some windows divides up. */
export function sharesIn(profile: Profile): (windows: readonly Window[]) => Shares {
	const kinds = kindsOf(profile);
	return (windows) => {
		const spentUs: Shares = {};
		let atUs = profile.startTime;
		profile.timeDeltas.forEach((deltaUs, index) => {
			atUs += deltaUs;
			const kind = kinds.get(profile.samples[index] ?? 0) ?? NOBODY;
			if (kind === IDLE || !windows.some(({ fromUs, toUs }) => atUs >= fromUs && atUs <= toUs)) return;
			// What a sample shows goes on until the next one.
			spentUs[kind] = (spentUs[kind] ?? 0) + Math.max(0, profile.timeDeltas[index + 1] ?? 0);
		});
		const busyUs = Object.values(spentUs).reduce((sum, us) => sum + us, 0);
		return Object.fromEntries(Object.entries(spentUs).map(([kind, us]) => [kind, us / busyUs]));
	};
}

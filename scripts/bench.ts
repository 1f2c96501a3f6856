// `npm run bench`: this package beside what people would use instead, in one n8n and one run. Rule: only figures of this run are shown, and each goal
// is reported as met or missed; profiles are taken in separate runs, since profiling takes time itself.
import { parseArgs } from 'node:util';
import { measure } from '../bench/bench';
import { report } from '../bench/report';
import { ScriptError, failScript } from './lib/steps';

const USAGE = `npm run bench [-- options]

  --only NAME   only this comparison; may be given several times: videos, creates, items, images, file, calls, packages
  --quick       small sizes, to see that all of it runs; goals are about the full ones
  --profile     instead of comparing: where the time of a call and the memory of a large file go; may be narrowed by --only calls or --only file
  --help        this text

A run of all takes about 35 minutes and writes the summary in docs/self-hosting.md, the tables in docs/dev/bench.md, docs/dev/bench.json and the charts in
docs/images; a run of a part replaces that part. One with --profile takes about 8 minutes and writes its own part of the tables. A quick one writes to
.runtime/bench alone. The machine should have nothing else to do.
`;

/** @throws {ScriptError} for an option that does not exist */
function readOptions() {
	try {
		const { values } = parseArgs({
			options: {
				only: { type: 'string', multiple: true, default: [] },
				quick: { type: 'boolean', default: false },
				profile: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
			},
		});
		return values;
	} catch (error) {
		throw new ScriptError(error instanceof Error ? error.message : String(error), USAGE);
	}
}

async function bench(options: { only: string[]; quick: boolean; profile: boolean }) {
	await report(await measure(options), { isFull: !options.quick, isProfile: options.profile });
}

async function main() {
	const options = readOptions();
	if (options.help) console.log(USAGE);
	else await bench(options);
}

main().catch(failScript);

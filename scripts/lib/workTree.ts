// Owns the check of the working tree. Rule: a test run changes nothing in it that git knows, nor adds a file that git does not ignore.
import { attempt } from './run';
import { ScriptError } from './steps';

/** What git sees of the tree: which files differ or are new, and how. Undefined where there is no git, as in an unpacked archive. */
async function stateOfTree(): Promise<string | undefined> {
	const status = await attempt('git', ['status', '--porcelain']);
	const diff = await attempt('git', ['diff', 'HEAD']);
	return status.exitCode === 0 && diff.exitCode === 0 ? `${status.stdout}\n${diff.stdout}` : undefined;
}

/**
 * Remembers the tree as it is.
 * @returns a check that it is so still
 */
export async function watchTree(): Promise<() => Promise<void>> {
	const before = await stateOfTree();
	return async () => {
		const after = await stateOfTree();
		if (after === before) return;
		throw new ScriptError(
			'The run has changed the working tree.',
			`What a test writes goes below .runtime/ or into a temporary folder. Git says now:\n\n${after ?? 'nothing'}`,
		);
	};
}

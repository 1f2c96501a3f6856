// Owns how a script that checks counts: what passed, what failed, what was left out. Rule: a failed check does not hide the later ones, and the last
// line counts them all.
import { failScript, step } from './steps';

export type Count = { passed: number; failed: number; skipped: number };

export const newCount = (): Count => ({ passed: 0, failed: 0, skipped: 0 });

/**
 * Does one check and continues whatever its result.
 * @returns whether it passed
 */
export async function check(
	count: Count,
	title: string,
	work: (note: (text: string) => void) => unknown,
): Promise<boolean> {
	try {
		await step(title, work);
		count.passed += 1;
		return true;
	} catch (error) {
		failScript(error);
		count.failed += 1;
		return false;
	}
}

/** Says the count, and ends the script accordingly. */
export function sayCount({ passed, failed, skipped }: Count) {
	console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
	process.exitCode = failed > 0 ? 1 : 0;
}

// One after another. An agent may call its tool several times at the same moment, and each call is a run of the node over the same ledger: what one
// run orders has to count for the limits of the next.

const lastTurn = new WeakMap<object, Promise<unknown>>();

/** Does the work once everything that was begun before with the same key has ended. Gives and throws what the work does. */
export async function inTurn<T>(key: object, work: () => Promise<T>): Promise<T> {
	const turn = (lastTurn.get(key) ?? Promise.resolve()).then(work, work);
	lastTurn.set(key, turn);
	return await turn;
}

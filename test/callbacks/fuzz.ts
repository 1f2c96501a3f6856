// What the properties of the pure readers share: how many cases they try, and values of every kind.

import fc from 'fast-check';

/** How many cases each property tries; `FUZZ_RUNS=20000 npx jest test/callbacks` searches longer. */
export const RUNS = Number(process.env.FUZZ_RUNS ?? 500);

/** Every kind of value that JavaScript has: deep, sparse, boxed, and without a prototype. */
export function anything(): fc.Arbitrary<unknown> {
	return fc.anything({
		withBigInt: true,
		withBoxedValues: true,
		withDate: true,
		withMap: true,
		withNullPrototype: true,
		withObjectString: true,
		withSet: true,
		withSparseArray: true,
		withTypedArray: true,
		withUnicodeString: true,
	});
}

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// A test that hangs is to end; how quick a busy machine is, is not tested.
	testTimeout: 60_000,
	// Jest leaves a core free for a person at the machine, which is half of a small one.
	maxWorkers: '100%',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['<rootDir>/test/e2e/', '<rootDir>/test/faultMatrix/'],
	modulePathIgnorePatterns: ['<rootDir>/.runtime', '<rootDir>/dist'],
	collectCoverageFrom: ['{nodes,credentials}/**/*.ts'],
	coverageProvider: 'babel',
	coverageReporters: ['text-summary', 'lcovonly'],
	coverageThreshold: { global: { statements: 97, branches: 91, functions: 96, lines: 97 } },
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
};

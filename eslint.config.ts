// Owns the lint rules: those of n8n's linter and scan for what is published, with inline disables switched off as they do, and our own for what types
// alone do not catch. Rule that must not regress: a promise nobody waits for, a focused test, an import up the layers and an undeclared package are errors.
import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import jest from 'eslint-plugin-jest';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const NODE = 'nodes/AkoolImageToVideo';
const PUBLISHED = ['nodes/**/*.ts', 'credentials/**/*.ts'];

/** The layers of the node, lowest first: what stands in a row may import that row and the rows before it. docs/dev/architecture.md says why. */
const LAYERS = [
	['akool', 'n8n', 'clock.ts'],
	['transport', 'messages'],
	['callbacks', 'images'],
	['orders'],
	['items'],
	['waiting'],
	['actions', 'trigger', 'methods'],
	['AkoolImageToVideo.node.ts', 'AkoolImageToVideoTrigger.node.ts'],
];

const pathsOf = (layers: Array<string | string[]>) => layers.flat().map((name) => `./${NODE}/${name}`);
const ZONES = LAYERS.slice(0, -1).map((layer, index) => ({
	target: pathsOf(layer),
	from: pathsOf(LAYERS.slice(index + 1)),
	message: 'This runs up the layers: move what is shared down, or pass it in.',
}));
const unplaced = readdirSync(NODE)
	.filter((name) => !name.startsWith('__') && !/\.(json|svg)$/.test(name))
	.filter((name) => !LAYERS.flat().includes(name));
if (unplaced.length > 0) throw new Error(`Give these a layer in eslint.config.ts: ${unplaced.join(', ')}.`);

export default defineConfig(
	globalIgnores(['dist', '.runtime', 'coverage']),
	{ linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
	{ plugins: { 'n8n-nodes-base': n8nNodesBase } },
	{
		files: ['**/*.{js,mjs,ts}'],
		plugins: { 'import-x': importX },
		settings: {
			'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.mjs', '.js', '.json'] })],
			'import-x/extensions': ['.ts', '.mjs', '.js'],
			'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
		},
		rules: {
			'import-x/no-extraneous-dependencies': ['error', { includeTypes: true }],
			'import-x/no-restricted-paths': [
				'error',
				{ zones: [...ZONES, { target: ['./nodes', './credentials'], from: ['./test', './scripts', './bench'] }] },
			],
		},
	},
	{
		files: ['**/*.ts'],
		extends: [js.configs.recommended, tseslint.configs.strict],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'no-undef': 'off',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/return-await': ['error', 'always'],
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
		},
	},
	{
		files: ['**/*.{js,mjs}'],
		extends: [js.configs.recommended],
		languageOptions: { globals: globals.node },
	},
	{
		files: ['test/**/*.{js,ts}'],
		extends: [jest.configs['flat/recommended']],
		languageOptions: { globals: globals.node },
		rules: {
			// Tables and properties decide case by case what has to hold.
			'jest/no-conditional-expect': 'off',
			'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert', 'holds'] }],
		},
	},
	{
		files: PUBLISHED,
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		rules: { 'import-x/no-cycle': 'error', 'max-lines': ['error', 200], 'no-console': 'error' },
	},
	{
		files: [`${NODE}/akool/**`],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{ patterns: [{ regex: '^[^.]', message: 'The vendor layer is pure: it imports no package.' }] },
			],
		},
	},
	{
		files: ['package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		rules: { ...n8nNodesBase.configs.community.rules },
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
);

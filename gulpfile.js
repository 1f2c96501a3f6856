// Lays icons, codex files and output schemas beside the compiled code, where n8n looks for them. `npm run dev` has that in the n8n that it runs.
const { dest, src, watch } = require('gulp');

const DIST = process.env.DIST ?? 'dist';

const ASSETS = [
	'nodes/**/*.{png,svg}',
	'nodes/**/*.node.json',
	'nodes/**/__schema__/**/*.json',
	'credentials/**/*.{png,svg}',
];

function assets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest(DIST));
}

exports.default = assets;
exports.watch = () => watch(ASSETS, assets);

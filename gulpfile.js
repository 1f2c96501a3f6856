// Copies what the compiler leaves behind: icons, codex files and output schemas keep their place under dist/.
const { dest, src } = require('gulp');

const ASSETS = ['nodes/**/*.{png,svg}', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json', 'credentials/**/*.{png,svg}'];

function assets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.default = assets;

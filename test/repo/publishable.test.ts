import { reasonsNotToPublish } from '../../scripts/lib/publishable';

const HERE = 'https://github.com/owner/n8n-nodes-akool';
const author = { name: 'Somebody', email: 'somebody@example.com' };
const repository = { url: `git+${HERE}.git` };

describe('publishing', () => {
	it('is allowed from the repository that the package names', () => {
		expect(reasonsNotToPublish({ author, repository }, HERE)).toEqual([]);
	});

	it('is refused from another repository, or from none', () => {
		expect(reasonsNotToPublish({ author, repository }, 'https://github.com/other/n8n-nodes-akool')).toHaveLength(1);
		expect(reasonsNotToPublish({ author, repository }, undefined)).toHaveLength(1);
	});

	it.each(['git+https://repository.invalid/n8n-nodes-akool.git', 'not an address'])(
		'is refused while the repository is %s',
		(url) => {
			expect(reasonsNotToPublish({ author, repository: { url } }, HERE)).toHaveLength(1);
		},
	);

	it('is refused while the author has no address', () => {
		const nobody = { name: 'n8n-nodes-akool contributors', email: 'contributors@n8n-nodes-akool.invalid' };
		expect(reasonsNotToPublish({ author: nobody, repository }, HERE)).toHaveLength(1);
	});
});

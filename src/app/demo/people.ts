/** The two people of the invented company: some deeds need two. */
import type { Invited } from '../../access/index.ts';

const officer: Invited = { name: 'Ans de Beer', email: 'ans@demo.example', roles: ['privacy-officer', 'engineer'] };
const second: Invited = { name: 'Bram Vos', email: 'bram@demo.example', roles: ['approver', 'dpo'] };

export const people = { officer, second };

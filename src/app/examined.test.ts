import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { referencePolicy, testHome } from '../../test/worlds/home.ts';
import { judgeAll, measure } from '../promises/proof/service.ts';
import { examineRunning, examineText, type Examined } from './examined.ts';

const ended = referencePolicy.replace('until: 2035-06-01', 'until: 2026-01-01');
assert.notEqual(ended, referencePolicy);

const estate = 'gestand: 1\nsystems: []\n';

/** What it says of the agreements with processors, which a check reads from the policy. */
const ofAgreements = ({ findings }: Examined): string[] =>
  findings.flatMap(({ rule, message, severity }) =>
    rule === 'GST-H03' && message.en.includes('agreement-clauses') ? [`${severity} ${message.en}`] : [],
  );

describe('a text that does not run yet', () => {
  it('is asked itself what follows from a policy: what the running one lacks is no reason against it', async () => {
    const home = await testHome({ policy: ended, estate });
    const world = await home.open();
    await measure(world);
    await judgeAll(world);
    assert.match(ofAgreements(await examineRunning(world)).join(), /^E .*is not so, says the check/);
    assert.deepEqual(ofAgreements(await examineText(world, referencePolicy)), []);
    // The control: one that mends nothing is held back as before.
    const same = ended.replace('Divato', 'Divato ');
    assert.match(ofAgreements(await examineText(world, same)).join(), /^E .*is not so, says the check/);
    await home.close();
  });

  it('is judged while someone writes it: no website is visited and no system asked', async () => {
    const home = await testHome({ policy: ended, estate });
    const world = await home.open();
    let looks = 0;
    const looked = async () => {
      looks += 1;
      return world.statement();
    };
    const watched = { ...world, statement: looked };
    await examineText(watched, referencePolicy);
    assert.equal(looks, 0);
    await measure(watched);
    assert.equal(looks, 1, 'the control: measuring does look');
    await home.close();
  });

  it('is held back by what it lacks itself, though the running one has it', async () => {
    const home = await testHome({ estate });
    const world = await home.open();
    await measure(world);
    await judgeAll(world);
    assert.deepEqual(ofAgreements(await examineRunning(world)), []);
    assert.match(ofAgreements(await examineText(world, ended)).join(), /^E .*is not so, says the check/);
    await home.close();
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lawBook, policyOf, rawPolicy, wholePolicy, type Raw } from '../../../../test/worlds/policies.ts';
import type { Policy } from '../../../policy/index.ts';
import { render } from '../document/formats/index.ts';
import { sentences, type Block, type Document } from '../document/model.ts';
import { promiseName } from '../../proof/parts.ts';
import { layers, promised, statement, type Proof } from './index.ts';

const book = lawBook();
const languages = ['nl', 'en'] as const;
const reference = policyOf(rawPolicy('it-provider'));
const of2019 = policyOf(rawPolicy('it-provider-2019'));
const whole = policyOf(wholePolicy());
const write = (policy: Policy, language: 'nl' | 'en' = 'nl', group?: string): Document =>
  statement(policy, language, { lawBook: book, ...(group === undefined ? {} : { group }) });
const texts = (blocks: readonly Block[]): string[] => sentences(blocks).map((one) => one.text);
const told = (document: Document): string => texts(document.blocks).join('\n');
/** The blocks under a heading, up to the next of the same rank. */
const under = (blocks: readonly Block[], id: string): Block[] => {
  const at = blocks.findIndex((one) => one.kind === 'heading' && one.id === id);
  const head = blocks[at];
  if (head?.kind !== 'heading') return [];
  const rest = blocks.slice(at + 1);
  const end = rest.findIndex((one) => one.kind === 'heading' && one.level <= head.level);
  return end < 0 ? rest : rest.slice(0, end);
};
const partOf = (document: Document, id: string): string => texts(under(document.blocks, id)).join(' ');
const ids = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((one) => (one.kind === 'heading' || one.kind === 'apart' ? [one.id] : []));
const edited = (edit: (raw: Raw) => void): Policy => {
  const raw = rawPolicy('it-provider');
  edit(raw);
  return policyOf(raw);
};
const itemOf = (raw: Raw, section: string, id: string): Raw =>
  (raw[section] as Raw[]).find((one) => one['id'] === id) ?? {};

describe('the statement', () => {
  it('answers what articles 13 and 14 ask, each in its own part', () => {
    const document = write(reference);
    const asked: Readonly<Record<string, RegExp>> = {
      who: /Divato IT Solutions beslist.*info@divato\.nl.*fg@divato\.nl/,
      purposes: /gerechtvaardigd belang.*Vraag ons erom.*boekhouding bijhouden \(AWR art\. 52\)/,
      data: /Zonder naam en adres.*Van de werkgever.*eerste contact.*bijzondere gegevens.*UAVG art\. 30 lid 1/,
      retention: /90 dagen na het gesprek.*Hoogstens 14 dagen.*Met uw toestemming hoogstens een jaar/,
      holds: /onderzoek of een rechtszaak.*privacyfunctionaris samen met de directie/,
      recipients: /De pakketdienst.*Nederland.*Wij: de ontvanger werkt in onze opdracht/,
      authorities: /politie en justitie iets strafbaars.*bevel/,
      ownership: /Gaat ons bedrijf over/,
      places: /geen ander land dan Nederland/,
      calls: /kan worden opgenomen.*Alleen de teamleider.*in de wacht.*geen opname/,
      cameras: /bord.*De camera's filmen de openbare weg niet.*Verborgen camera's gebruiken wij niet/,
      telecom: /Telecommunicatiewet.*Zes maanden na de dag waarop de rekening betaald moest zijn.*kost niets/,
      automated: /geen belangrijk besluit/,
      rights: /kopie.*passen wij het aan.*wissen.*een tijd niet gebruiken.*bestand.*intrekken.*een mens/,
      ask: /per e-mail of per post.*binnen een maand.*twee maanden langer.*kost u niets.*identiteitsbewijs/,
      complaint: /de Autoriteit Persoonsgegevens.*rechter/,
      security: /geheimhouding.*1 januari 2027.*15 juni 2029/,
      cookies: /session/,
      about: /versie 2026-1 van 24 november 2026.*Eerdere versies.*Nederlands recht.*woonplaats/,
    };
    for (const [id, words] of Object.entries(asked)) assert.match(partOf(document, id), words, id);
  });

  it('says the right to object apart from all the rest, with what one may object to', () => {
    const apart = write(reference).blocks.find((one) => one.kind === 'apart');
    assert.ok(apart?.kind === 'apart' && apart.id === 'objection');
    assert.match(texts(apart.blocks).join(' '), /zwaarder weegt.*niets te bewijzen.*reclame.*Nieuws sturen/);
  });

  it('counts terms from the policy: a term that changes is told, whatever the text beside it says', () => {
    const shorter = edited((raw) => Object.assign(itemOf(raw, 'retention', 'recordings-90-days'), { keep: 'P60D' }));
    assert.match(partOf(write(shorter), 'retention'), /60 dagen na het gesprek/);
    assert.doesNotMatch(partOf(write(shorter), 'retention'), /90 dagen na het gesprek/);
  });

  it('tells an event that it has no words for in the words of the policy', () => {
    assert.match(partOf(write(whole), 'retention'), /Een jaar na het laatste optreden\./);
    const other = wholePolicy();
    Object.assign(itemOf(other, 'terms', 'health-term'), { keep: 'P2Y' });
    assert.match(partOf(write(policyOf(other)), 'retention'), /Twee jaar\. Een jaar na het laatste optreden\./);
  });

  it('counts traffic data from the same moment in both places, and from none where no rule keeps it that long', () => {
    const term = (policy: Policy): string => partOf(write(policy), 'telecom');
    assert.match(term(reference), /Zes maanden na de dag waarop de rekening betaald moest zijn\./);
    const other = edited((raw) => {
      const [kind] = (raw['telecom'] as { traffic: Raw[] }).traffic;
      Object.assign(kind ?? {}, { keep: 'P5M' });
    });
    assert.match(term(other), /rekening opstellen Vijf maanden /);
  });

  it('calls what happens to staff an employment, not a contract', () => {
    assert.match(partOf(write(reference, 'en'), 'group-employees'), /Two years after the end of the employment\./);
    assert.match(partOf(write(reference, 'en'), 'group-customers'), /Two years after the end of the contract\./);
  });

  it('says of a pending case what the organisation said, and no term of ours', () => {
    const { decides, ...silent } = reference.holds;
    const said = (holds: Policy['holds'], language: 'nl' | 'en'): string => {
      const found = sentences(statement({ ...reference, holds }, language, { lawBook: book }).blocks);
      return found
        .filter((one) => one.from.startsWith('holds'))
        .map((one) => one.text)
        .join(' ');
    };
    for (const language of ['nl', 'en'] as const) {
      const of = sentences(statement(of2019, language, { lawBook: book }).blocks).filter((one) =>
        one.from.startsWith('holds'),
      );
      assert.ok(of.length > 0);
      for (const { text } of of) assert.doesNotMatch(text, /\d/u);
      // Written down, the same terms are its own; so is one that differs from ours, whoever decides.
      assert.match(said({ ...silent, decides }, language), /90/u);
      assert.doesNotMatch(said(silent, language), /\d/u);
      assert.match(said({ ...silent, grace: 'P30D' }, language), /30/u);
    }
  });
  it('says what protects data outside the EEA, and for whom an adequacy decision holds', () => {
    const abroad = partOf(write(whole, 'en'), 'transfers');
    assert.match(abroad, /The United States.*Article 45 GDPR.*Data Privacy Framework list only.*e-mail for a copy/);
    assert.match(abroad, /India.*model contract of the European Commission.*4 March 2026/);
  });

  it('explains a decision by a computer: what, how, why it is allowed, and the way to a person', () => {
    assert.match(
      partOf(write(whole, 'en'), 'automated'),
      /accepts or rejects.*Yes, it may.*Article 22\(2\)\(c\).*counts points.*take part.*be rejected.*a person looks/,
    );
  });

  it('of 2019 is what it was: what it did not say is absent, and nothing stands empty', () => {
    const document = write(of2019);
    const all = told(document);
    assert.match(all, /Geschillen worden uitsluitend voorgelegd/);
    for (const absent of [
      /binnen een maand/,
      /intrekken/,
      /stilzetten/,
      /Afgewogen/,
      /back-ups zijn/,
      /Laatste keer/,
      /keurmerk/,
    ])
      assert.doesNotMatch(all, absent);
    assert.ok(!ids(document.blocks).includes('objection'));
    assert.ok(!all.includes('Hulpmiddel voor klantvragen'), 'a recipient that the statement leaves out');
  });

  it('has the same parts and the same places in Dutch and in English', () => {
    for (const policy of [reference, of2019, whole]) {
      const [nl, en] = languages.map((language) => write(policy, language));
      assert.ok(nl && en);
      assert.deepEqual(ids(nl.blocks), ids(en.blocks));
      const places = (document: Document): string[] =>
        [...new Set(sentences(document.blocks).map((one) => one.from))].toSorted();
      assert.deepEqual(places(nl), places(en));
    }
  });

  it('leads only where something is', () => {
    for (const policy of [reference, of2019, whole])
      for (const language of languages)
        for (const group of [undefined, ...policy.subjects.map((one) => one.id)]) {
          const { blocks } = write(policy, language, group);
          const known = ids(blocks);
          const links = sentences(blocks).flatMap((one) =>
            one.href?.startsWith('#') === true ? [one.href.slice(1)] : [],
          );
          assert.deepEqual(
            links.filter((id) => !known.includes(id)),
            [],
          );
          assert.equal(new Set(known).size, known.length);
          if (group === undefined) assert.ok(links.length > 5);
        }
  });

  it('names no article when it is not given the law', () => {
    assert.doesNotMatch(told(statement(reference, 'nl')), /AWR/);
  });
});

describe('the layers', () => {
  it('begin with short answers that lead on: who, what, why, what is recorded, how long, who else, rights, complaint, words', () => {
    for (const language of languages) {
      const { short } = layers(reference, language, { lawBook: book });
      assert.equal(short.filter((one) => one.kind === 'heading').length, 9);
      const words = texts(short).join(' ').split(/\s+/u).length;
      assert.ok(words < 560, `${words} words`);
      const links = sentences(short).flatMap((one) => one.href ?? []);
      for (const id of [
        'who',
        'purposes',
        'calls',
        'cameras',
        'retention',
        'recipients',
        'rights',
        'complaint',
        'words',
      ])
        assert.ok(links.includes(`#${id}`), id);
    }
  });

  it('promise in short no earlier end than the whole statement does', () => {
    const inShort = (policy: Policy): string =>
      texts(under(layers(policy, 'nl', { lawBook: book }).short, 'short-how-long')).join('\n');
    const told = inShort(reference);
    assert.match(told, /einde van het contract, of langer zolang u voorkomt in overeenkomsten en facturen$/m);
    assert.match(told, /sollicitatieprocedure, met uw toestemming hoogstens een jaar$/m);
    assert.match(told, /dienstverband, daarna kijken wij of ze weg kunnen$/m);
    assert.match(told, /^Wat daarvoor nodig is, bewaren wij langer\.$/m);
    const plain = edited((raw) => delete itemOf(raw, 'retention', 'customers-after-contract')['keptWhile']);
    assert.match(inShort(plain), /^Contactgegevens van klanten: twee jaar na het einde van het contract$/m);
  });

  it('name the article of each ground, also where a purpose has two', () => {
    const told = (language: 'nl' | 'en'): string =>
      partOf(write(reference, language), 'ground-legitimate-interests-consent');
    assert.match(told('nl'), /artikel 6, lid 1, onder a en onder f, van/);
    assert.match(told('en'), /Articles 6\(1\)\(a\) and 6\(1\)\(f\) of/);
  });

  it('end with a part for each group, in their own words, that tells of nobody else', () => {
    const document = write(reference, 'en');
    const applicants = partOf(document, 'group-applicants');
    assert.match(applicants, /Applications, with CV and letter Four weeks after the end of the application procedure/);
    assert.doesNotMatch(applicants, /Invoices|Employee records|Video|Customers/);
    const titles = document.blocks.flatMap((one) =>
      one.kind === 'heading' && one.id.startsWith('group-') && one.level === 3 ? [one.text] : [],
    );
    assert.deepEqual(titles.slice(0, 3), ['I am a customer', 'I called', 'I was filmed']);
  });

  it('tell no one that a contract obliges them which they do not have with us', () => {
    const callers = partOf(write(reference), 'group-callers');
    assert.match(callers, /goede reden voor\. Nee\. Zonder deze gegevens komt een gesprek niet tot stand\./);
    assert.doesNotMatch(callers, /voor het contract/);
    assert.match(partOf(write(reference), 'group-customers'), /Ja, voor het contract\. Zonder deze gegevens komt een/);
    // What the law demands it demands of anyone.
    const byLaw = edited((raw) => {
      Object.assign(itemOf(raw, 'purposes', 'billing'), { provision: { required: 'statute' } });
    });
    assert.match(partOf(write(byLaw), 'group-callers'), /Ja, dat vraagt de wet\./);
  });

  it('name no client, in no format: whose processor we are is not for everyone to read', async () => {
    const secret = edited((raw) => {
      const text = JSON.stringify(raw)
        .replaceAll('bakery', 'slagerij-vos')
        .replaceAll('Bakkerij De Korenaar', 'Slagerij Vos');
      Object.assign(raw, JSON.parse(text) as Raw);
    });
    const said = JSON.stringify(write(secret));
    // The place in the policy is known to us, so that a change finds its sentence.
    assert.match(said, /clients\.slagerij-vos/);
    for (const format of ['html', 'md', 'txt', 'json'] as const)
      assert.doesNotMatch(String(await render(write(secret), format)), /slagerij/i, format);
  });

  it('say once what is done for clients, however many there are, and of a client without a purpose what was agreed', () => {
    const processing = { nl: 'Lonen uitrekenen', en: 'Working out wages' };
    const second = edited((raw) => (raw['clients'] as Raw[]).push({ id: 'mill', name: 'De Molen', processing }));
    const once = partOf(write(reference), 'processor');
    assert.doesNotMatch(once, /Dit spraken wij met klanten af/);
    assert.match(once, /De database van een klant bewaren en beheren/);
    assert.match(partOf(write(second), 'processor'), /Dit spraken wij met klanten af: Lonen uitrekenen/);
  });

  it('tell two groups of one kind apart by their names', () => {
    const two = edited((raw) => {
      Object.assign(itemOf(raw, 'subjects', 'prospects'), { kind: 'customer' });
    });
    const titles = write(two).blocks.flatMap((one) => (one.kind === 'heading' && one.level === 3 ? [one.text] : []));
    assert.ok(
      titles.includes('Klanten en hun medewerkers') && titles.includes('Wie klant zou kunnen worden'),
      titles.join(),
    );
    assert.ok(!titles.includes('Ik ben klant'));
  });

  it('demand nothing for a contract of who has none, and send nobody to recordings who is in none', () => {
    const connected = {
      id: 'connected',
      kind: 'caller',
      text: { nl: 'Wie onze klant belt', en: 'Who calls our customer' },
    };
    const policy = edited((raw) => {
      (raw['subjects'] as Raw[]).push(connected);
      const service = (raw['purposes'] as Raw[]).find(
        (one) => String(one['basis']) === 'contract,legitimate-interests' && one['provision'] !== undefined,
      );
      Object.assign(service ?? assert.fail(), {
        subjects: ['customers', 'connected'],
        provision: { required: 'contract', consequence: { nl: 'Anders niets.', en: 'Nothing otherwise.' } },
      });
    });
    const document = write(policy, 'en');
    assert.match(partOf(document, 'group-connected'), /No\. Nothing otherwise\./);
    assert.match(partOf(document, 'group-customers'), /Yes, for the contract\. Nothing otherwise\./);
    const links = (id: string): string[] =>
      sentences(under(document.blocks, id)).flatMap((one) => (one.href === undefined ? [] : [one.href]));
    assert.ok(!links('group-connected').includes('#calls'));
    assert.ok(links('group-callers').includes('#calls'));
  });

  it('of one group make a document of their own', () => {
    const document = write(reference, 'nl', 'callers');
    assert.equal(document.title, 'Privacyverklaring van Divato IT Solutions: Ik heb gebeld');
    assert.match(told(document), /Wilt u geen opname.*Uw rechten|Wilt u geen opname/s);
    assert.doesNotMatch(told(document), /Sollicitaties|Camerabeelden/);
    assert.ok(ids(document.blocks).includes('objection'));
    // One objects to what is done with one's own data; the whole statement has the rest.
    const rights = (of: Document): string => JSON.stringify(of.blocks.find((one) => one.kind === 'apart'));
    assert.match(rights(document), /Opleiden en nalezen wat is afgesproken/);
    assert.doesNotMatch(rights(document), /Medewerkers werven|Het pand en de servers/);
    assert.match(rights(write(reference)), /Medewerkers werven/);
  });
});

describe('the proof of a promise', () => {
  const proof = (more: Partial<Proof> = {}): Proof => ({
    state: 'kept',
    since: '2026-11-03T08:00:00Z',
    lastProof: { at: '2026-11-24T10:15:00Z', leaf: 812 },
    kind: 'measured',
    shows: { nl: 'Er is niets ouder dan de termijn.', en: 'Nothing is older than its term.' },
    doesNotShow: { nl: 'Of iemand een kopie maakte.', en: 'Whether someone made a copy.' },
    verify: { nl: 'Vraag het bewijs op.', en: 'Ask for the evidence.' },
    ...more,
  });
  const all = new Map(promised(reference).map((one) => [one.promise, proof()]));
  const proven = (proofs: ReadonlyMap<string, Proof>): Document =>
    statement(reference, 'nl', { lawBook: book, proofs });

  it('stands once, right after the place that says most about the promise', () => {
    const { blocks } = proven(all);
    const found = blocks.flatMap((one) => (one.kind === 'proof' ? [one.promise] : []));
    assert.equal(all.size, 37);
    assert.deepEqual(found.toSorted(), [...all.keys()].toSorted());
    const place = (promise: string): string => {
      let head = '';
      for (const one of blocks) {
        if (one.kind === 'heading' && one.level > 2) head = one.id;
        if (one.kind === 'proof' && one.promise === promise) return head;
      }
      return '';
    };
    assert.deepEqual(['P01', 'P04', 'P08', 'P14', 'P18', 'P20', 'P28', 'P31', 'P32', 'P33', 'P34', 'P06'].map(place), [
      'who',
      'processor',
      'retention',
      'places',
      'shielded-numbers',
      'cookies',
      'seal',
      'rights',
      'complaint',
      'dpo',
      'calls',
      'about',
    ]);
  });

  it('stands beside where data is, also when no claim repeats it', () => {
    const raw = rawPolicy('it-provider');
    const policy = policyOf({
      ...raw,
      claims: (raw['claims'] as { kind: string }[]).filter((one) => one.kind !== 'location'),
    });
    const { blocks } = statement(policy, 'nl', { lawBook: book, proofs: new Map([['P14', proof()]]) });
    assert.deepEqual(
      blocks.flatMap((one) => (one.kind === 'proof' ? [one.promise] : [])),
      ['P14'],
    );
  });

  it('tells its state, since when, when it was last shown and how to check it', () => {
    const { blocks } = proven(new Map([['P08', proof()]]));
    const block = blocks.find((one) => one.kind === 'proof');
    assert.ok(block?.kind === 'proof');
    assert.equal(block.word, 'nagekomen');
    assert.match(
      texts(block.blocks).join(' '),
      /Nagekomen sinds 3 november 2026.*Gemeten.*24 november 2026 om 11:15, regel 812.*Er is niets ouder.*kopie.*Vraag het bewijs op/,
    );
  });

  it('asks whether the promise is kept, and not whether the data is', () => {
    const summaries = (language: 'nl' | 'en') =>
      statement(reference, language, {
        lawBook: book,
        proofs: new Map([
          ['P10', proof()],
          ['P01', proof()],
        ]),
      }).blocks.flatMap((one) => (one.kind === 'proof' ? [one.summary] : []));
    assert.match(summaries('nl').join('\n'), /^Komen wij deze belofte na: [a-z].*\?$/m);
    assert.match(summaries('en').join('\n'), /^Do we keep this promise: [a-z].*\?$/m);
    assert.ok(summaries('en').includes('Do we keep this promise?'));
  });

  it('says "partly" where a part is proven, and a day where only the day is known', () => {
    const shown = (more: Partial<Proof>): string => {
      const block = proven(new Map([['P08', proof(more)]])).blocks.find((one) => one.kind === 'proof');
      assert.ok(block?.kind === 'proof');
      return texts(block.blocks).join(' ');
    };
    const none = { state: 'not-proven', kind: 'none' } as const;
    assert.match(shown({ ...none, lastProof: null }), /Er is nog geen bewijs\..*Nog niet/);
    assert.match(shown({ ...none, partial: 'partly', lastProof: null }), /Deels: van een deel is er bewijs/);
    assert.match(shown({ ...none, partial: 'lapsed' }), /Er was bewijs, maar dat telt nu niet meer.*24 november 2026/);
    assert.match(
      shown({ kind: 'declared', lastProof: { at: '2026-11-20', leaf: 3 } }),
      /[^0-9]20 november 2026, regel 3 van/,
    );
  });

  it('asks of each promise by what is promised: of no two the same, and never just "this"', () => {
    const asked = (titled: boolean): string[] => {
      const proofs = new Map(
        [...all.keys()].map((id) => {
          const title = promiseName(id);
          return [id, proof(titled && title ? { title } : {})];
        }),
      );
      return proven(proofs).blocks.flatMap((one) => (one.kind === 'proof' ? [one.summary] : []));
    };
    const named = asked(true);
    assert.equal(new Set(named).size, 37);
    assert.ok(named.includes('Komen wij deze belofte na: waarvoor wij gegevens gebruiken?'), named.join('\n'));
    assert.ok(!named.includes('Komen wij deze belofte na?'));
    // What the policy says in one sentence is asked in its own words: a name of ours could say more than was promised.
    assert.ok(
      named.some((one) => one.endsWith('waar het kan een tweede stap of één centrale aanmelding?')),
      named.join('\n'),
    );
    assert.ok(!named.some((one) => /op alle systemen/.test(one)));
    // Without its title nobody can tell which of many is meant.
    assert.ok(new Set(asked(false)).size < 20);
  });

  it('shows a word that was given as weaker than a measurement, and what is not proven as not proven', () => {
    const state = (more: Partial<Proof>): string => {
      const block = proven(new Map([['P25', proof(more)]])).blocks.find((one) => one.kind === 'proof');
      return block?.kind === 'proof' ? `${block.state} ${block.word}` : '';
    };
    assert.equal(state({ kind: 'declared' }), 'declared verklaard');
    assert.equal(state({ kind: 'declared', state: 'broken' }), 'broken niet nagekomen');
    assert.equal(state({ state: 'not-proven', kind: 'none', since: null, lastProof: null }), 'not-proven niet bewezen');
  });
});

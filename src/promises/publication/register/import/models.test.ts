/** Registers as they stand in Dutch offices: after the authority's list, as a municipality keeps it, and one that somebody made. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { importRegister, ImportedSections, type Imported } from './index.ts';

const authority = `Verwerkingsregister (art. 30 AVG),,,,,,,,,,,
Naam en contactgegevens organisatie:,"Bakkerij De Korenaar B.V., Dorpsstraat 1, Haps, info@korenaar.example",,,,,,,,,,
Naam en contactgegevens FG:,n.v.t.,,,,,,,,,,
,,,,,,,,,,,
Verwerkingsactiviteit,Doeleinden van de verwerking,Wettelijke grondslag,Beschrijving van de categorieën van betrokkenen,Beschrijving van de categorieën van persoonsgegevens,Categorieën van ontvangers aan wie persoonsgegevens zijn of zullen worden verstrekt,Doorgiften aan een derde land of internationale organisatie,Beoogde termijnen waarbinnen de gegevens moeten worden gewist,Algemene beschrijving van de technische en organisatorische beveiligingsmaatregelen,Naam verwerker,Verwerkersovereenkomst gesloten?,Opmerkingen
Personeelsadministratie,Uitvoering arbeidsovereenkomst; loonadministratie,Uitvoering overeenkomst (art. 6 lid 1 sub b) en wettelijke verplichting (art. 6 lid 1 sub c),Werknemers en ex-werknemers,"NAW-gegevens, geboortedatum, BSN, bankrekeningnummer, kopie identiteitsbewijs","Belastingdienst, UWV, pensioenfonds",Nee,Tot 7 jaar na einde dienstverband (fiscale bewaarplicht),"Toegangsbeheer, back-up, versleutelde opslag",Loonkantoor Janssen,Ja (12-3-2021),jaarlijks herzien
Werving en selectie,Beoordelen sollicitanten,Toestemming,Sollicitanten,"NAW-gegevens, CV, motivatiebrief",Geen,Nee,"4 weken na afloop procedure, met toestemming 1 jaar",Toegangsbeheer,n.v.t.,n.v.t.,
Klantadministratie,Uitvoeren bestellingen en facturatie,Uitvoering overeenkomst,Klanten,"NAW-gegevens, e-mailadres, telefoonnummer, bestelhistorie",Accountant,Nee,7 jaar na laatste factuur,Wachtwoordbeleid,"Boekhoudpakket Online BV, Hostingbedrijf X",Ja,
Nieuwsbrief,Klanten informeren over acties,Toestemming,Klanten,E-mailadres,Mailchimp (VS),"Ja, VS - Standaardcontractbepalingen",Tot intrekking toestemming,,Mailchimp,Ja,
Cameratoezicht,Beveiliging van personen en eigendommen,Gerechtvaardigd belang,"Bezoekers, personeel",Camerabeelden,Politie (op vordering),Nee,Maximaal 4 weken,"Afgesloten ruimte, toegang beperkt",n.v.t.,n.v.t.,bordje bij ingang
`;

const municipality = `Volgnr.;Domein;Afdeling;Omschrijving verwerking;Verwerkingsdoeleinden;Verwerkingsverantwoordelijke;Gezamenlijke verwerkingsverantwoordelijke;Rechtmatige grondslag;Wettelijke basis;Categorieën betrokkenen;Categorieën persoonsgegevens;Bijzondere persoonsgegevens (ja/nee);Strafrechtelijke gegevens;BSN (ja/nee);Herkomst gegevens;Categorieën interne ontvangers;Categorieën externe ontvangers;Ketenpartners;Verwerker(s);Verwerkersovereenkomst;Doorgifte buiten EER (ja/nee);Waarborgen doorgifte;Bewaartermijn;Selectielijst;Technische maatregelen;Organisatorische maatregelen;DPIA uitgevoerd;Datum laatste DPIA;Applicatie;Proceseigenaar;Datum laatste actualisatie
1;Sociaal domein;Wmo;Afhandelen aanvraag Wmo-voorziening;Beoordelen en toekennen van maatwerkvoorzieningen;College van B&W;Nee;Vervulling van een taak van algemeen belang (art. 6 lid 1 sub e AVG);Wet maatschappelijke ondersteuning 2015, art. 2.3.1;Inwoners;"NAW-gegevens
Gezondheidsgegevens
Financiële gegevens";Ja, gezondheid;Nee;Ja;"Betrokkene; BRP; CAK";Team Wmo;"Zorgaanbieders; CAK";Zorgaanbieders;Softwareleverancier Suite BV;Ja;Nee;n.v.t.;15 jaar na beëindiging voorziening;VNG Selectielijst 2020, 12.1;Autorisatie, logging;Geheimhoudingsverklaring;Ja;03/04/2023;Suite4Sociaal;Teammanager Wmo;1-9-2024
2;Burgerzaken;Publiekszaken;Uitgifte paspoort;Verstrekken van reisdocumenten;Burgemeester;Nee;Wettelijke verplichting;Paspoortwet;Inwoners;NAW-gegevens, BSN, pasfoto, vingerafdrukken;Ja;Nee;Ja;BRP;Balie;RvIG;RvIG;;n.v.t.;Nee;;16 jaar;;Autorisatie;Screening (VOG);Nee;;BRP-applicatie;Hoofd Burgerzaken;2024
3;Veiligheid;OOV;Bestuurlijke aanpak woonoverlast;Bestrijden van woonoverlast;Burgemeester;Ja, met politie (convenant 2022);Algemeen belang;Gemeentewet art. 151d;Overlastgevers, melders;NAW-gegevens, meldingen, politiegegevens;Nee;Ja;Nee;Politie;OOV;Politie, woningcorporaties;Politie, OM;;;Nee;;10 jaar of zolang dossier loopt;;;;Ja;2022-11-30;Zaaksysteem;;
`;

const office = `Nr;Verwerking;Doel;Grondslag;Betrokkenen;Soort gegevens;Met wie gedeeld;Buiten EU?;Hoe lang bewaren;Waar opgeslagen;Beveiliging;Wie is verantwoordelijk;Bijzonderheden
1;Offertes & contracten;Verkoop – offertes maken;Overeenkomst;Klanten, prospects;"Naam, adres, €-bedragen, e-mail";Boekhouder;Nee;7 jaar;Exact Online;2FA;Piet (verkoop);
2;Sollicitaties;Vacatures vervullen;Gerechtvaardigd belang;Sollicitanten;"cv, brief";Niemand;Nee;4 weken;Outlook;;HR;na toestemming één jaar
3;Zieke medewerkers;Verzuimbegeleiding;Wettelijke verplichting;Personeel;"Ziekmelding, verwachte duur";Arbodienst;Nee;2 jaar na einde dienstverband;map op de server;Alleen HR;HR;
;;;;;;;;;;;;
Laatst bijgewerkt: 12-5-2024;;;;;;;;;;;;
`;

const read = (file: string | Uint8Array): Imported => {
  const found = importRegister(typeof file === 'string' ? new TextEncoder().encode(file) : file);
  if ('refused' in found) assert.fail(found.refused.en);
  assert.deepEqual(found.problems, []);
  return found;
};

/** Each word of each cell of a row is in the file or in the list. What says "none" says nothing; a bare basis is there by its code. */
function lost(text: string, delimiter: string, header: number): string[] {
  const { yaml, remarks } = read(text);
  const kept = `${yaml}\n${remarks.map(({ value }) => value).join('\n')}`.toLowerCase();
  const says = (word: string): boolean =>
    !/^(nee|n\.?v\.?t\.?|geen|niemand|ja|gerechtvaardigd|belang|wettelijke|verplichting|overeenkomst|betrokkene)$/.test(
      word,
    ) && /\p{L}{2}/u.test(word);
  return parse(text, { delimiter, relax_column_count: true })
    .slice(header)
    .flatMap((row) => row.flatMap((cell) => cell.toLowerCase().match(/[\p{L}\d.-]+/gu) ?? []))
    .filter((word) => says(word) && !kept.includes(word));
}

describe('a register after the list of the authority', () => {
  it('becomes all its activities, with their people, data, recipients and terms', () => {
    const found = read(authority);
    assert.deepEqual(found.counts, {
      subjects: 5,
      data: 11,
      purposes: 5,
      recipients: 9,
      clients: 0,
      terms: 3,
      measures: found.counts.measures,
    });
    assert.deepEqual(lost(authority, ',', 5), []);
    const about = found.remarks.filter(({ text }) => text.nl.startsWith('Dit gaat over de organisatie zelf'));
    assert.deepEqual(
      about.map(({ row }) => row),
      [2, 3],
    );
  });

  it('has no term made of two', () => {
    const { terms = [] } = ImportedSections.parse(parseYaml(read(authority).yaml));
    assert.deepEqual(
      terms.map(({ keep, from }) => [keep, from]),
      [
        ['P7Y', 'einde-dienstverband'],
        ['P7Y', 'laatste-factuur'],
        ['P4W', undefined],
      ],
    );
  });
});

describe('a register of a municipality', () => {
  const found = read(municipality);
  const part = ImportedSections.parse(parseYaml(found.yaml));

  it('is read by its own column names', () => {
    assert.deepEqual(
      part.purposes?.map(({ basis, recipients, reviewed }) => [basis, recipients, reviewed]),
      [
        [['public-task'], ['zorgaanbieders', 'cak', 'softwareleverancier-suite-bv'], '2024-09-01'],
        [['legal-obligation'], ['rvig'], undefined],
        [['public-task'], ['politie', 'woningcorporaties', 'om'], undefined],
      ],
    );
    assert.deepEqual(lost(municipality, ';', 1), []);
  });

  it('makes no kind of data of a "yes", and no term of what may take longer', () => {
    assert.deepEqual(
      part.data?.filter(({ text }) => /^(ja|yes)$/i.test(text.nl)),
      [],
    );
    const told = (value: string): string => found.remarks.find((one) => one.value === value)?.text.nl ?? '';
    assert.equal(told('Ja'), 'Welke? Noem ze in deze kolom.');
    assert.match(told('10 jaar of zolang dossier loopt'), /minimum en geen einde/);
  });
});

describe('a register that somebody made in a spreadsheet', () => {
  it('is read the same with a byte order mark and in Windows-1252, and says which it was', () => {
    const codes = new Map([
      ['€', 0x80],
      ['–', 0x96],
    ]);
    const lines = office.replaceAll('\n', '\r\n');
    const utf8 = read(`\ufeff${lines}`);
    const western = read(Uint8Array.from(lines, (letter) => codes.get(letter) ?? letter.codePointAt(0) ?? 0));
    assert.deepEqual([utf8.encoding, western.encoding], ['utf-8', 'windows-1252']);
    assert.equal(western.yaml, utf8.yaml);
    assert.match(western.yaml, /€-bedragen/);
    assert.match(western.yaml, /Verkoop – offertes maken/);
    assert.deepEqual(lost(office, ';', 1), []);
    assert.deepEqual([utf8.counts.purposes, utf8.counts.data, utf8.counts.terms], [3, 8, 3]);
  });

  it('is told once which column it lacks', () => {
    const found = read(office.replace('Soort gegevens', 'Inhoud'));
    assert.deepEqual(
      found.remarks.filter(({ row, column }) => row === 1 && column === '').map(({ text }) => text.nl),
      ['Geen kolom heeft een naam die "Persoonsgegevens" betekent. Noem haar zo en lees het bestand opnieuw in.'],
    );
  });
});

describe('two activities with one purpose', () => {
  it('are told apart by their row', () => {
    const found = read(`Verwerking;Doel;Betrokkenen;Persoonsgegevens
Klantbeheer;Klanten helpen;Klanten;Naam
Helpdesk;Klanten helpen;Klanten;Naam
Nieuws;Klanten informeren;Klanten;Naam
`);
    const [{ text } = assert.fail()] = found.remarks;
    assert.match(text.nl, /voor "Klanten helpen" \(rij 2\), "Klanten helpen" \(rij 3\), "Klanten informeren"\./);
    assert.match(text.en, /for "Klanten helpen" \(row 2\), "Klanten helpen" \(row 3\), "Klanten informeren"\./);
  });
});

/** P21–P28: how data is kept safe. What a measure of the policy names under "shownBy" comes on top. */
import { check, declaration, law, type Promised } from './need.ts';

export const measures: Readonly<Record<string, Promised>> = {
  P21: {
    title: {
      nl: 'Wie bij gegevens kan, heeft geheimhouding getekend',
      en: 'Who can reach data has signed confidentiality',
    },
    needs: [check('people-signed'), declaration('signed-declarations')],
    shows: {
      nl: 'Iedereen met toegang tot dit programma tekende; van andere systemen verklaarde iemand van ons het.',
      en: 'Everyone with access to this program signed; of other systems one of us declared it.',
    },
    doesNotShow: { nl: 'Dat niemand zijn mond voorbijpraat.', en: 'That nobody talks.' },
    verify: { nl: 'Vraag ons om de tekst die wordt getekend.', en: 'Ask us for the text that is signed.' },
  },
  P22: {
    title: {
      nl: 'Een wachtwoord op elk systeem, en waar het kan een tweede stap',
      en: 'A password on each system, and a second step where possible',
    },
    needs: [check('people-two-factors'), declaration('second-factor-share'), check('host-warnings')],
    shows: {
      nl: 'Iedereen meldt zich bij dit programma aan met twee factoren; van andere systemen verklaarde iemand van ons het.',
      en: 'Everyone signs in to this program with two factors; of other systems one of us declared it.',
    },
    doesNotShow: {
      nl: 'Hoe de systemen zelf zijn ingesteld: dat is verklaard, niet gemeten.',
      en: 'How the systems themselves are set: that is declared, not measured.',
    },
    verify: {
      nl: 'Meld u aan in uw eigen omgeving en zet de tweede stap aan.',
      en: 'Sign in to your own environment and switch the second step on.',
    },
  },
  P23: {
    title: { nl: 'Back-ups die terug te zetten zijn', en: 'Backups that can be restored' },
    needs: [declaration('restore-test'), check('backup-horizon')],
    shows: {
      nl: 'Iemand van ons verklaarde dat een back-up is teruggezet, en het beleid zegt wanneer iets ook daaruit weg is.',
      en: 'One of us declared that a backup was restored, and the policy tells when something is gone from there too.',
    },
    doesNotShow: { nl: 'Dat elke back-up goed is.', en: 'That every backup is good.' },
    verify: { nl: 'Vraag ons wanneer de laatste proef was.', en: 'Ask us when the last test was.' },
  },
  P24: {
    title: { nl: 'Wij werken volgens ISO 27001', en: 'We work by ISO 27001' },
    needs: [check('control-mapping')],
    shows: {
      nl: 'Elke maatregel in het beleid heeft een nummer van de norm en een bewijs dat nu geldt.',
      en: 'Each measure in the policy has a number of the standard and evidence that counts today.',
    },
    doesNotShow: {
      nl: 'Een certificaat: dat geeft alleen een ander.',
      en: 'A certificate: only another can give that.',
    },
    verify: { nl: 'Vraag ons om het overzicht van maatregelen.', en: 'Ask us for the list of measures.' },
  },
  P25: {
    title: { nl: 'Servers in Nederland, achter slot', en: 'Servers in the Netherlands, behind lock and key' },
    needs: [check('locations'), declaration('premises-inspection')],
    shows: {
      nl: 'De opgegeven plaats past bij wat wij beloven, en iemand van ons verklaarde dat de beveiliging is bekeken.',
      en: 'The stated place fits what we promise, and one of us declared that the protection was inspected.',
    },
    doesNotShow: { nl: 'Wat er na die dag gebeurde.', en: 'What happened after that day.' },
    verify: { nl: 'Klanten kunnen een bezoek afspreken.', en: 'Clients can arrange a visit.' },
  },
  P26: {
    title: { nl: 'Duidelijke afspraken met leveranciers', en: 'Clear agreements with suppliers' },
    needs: [check('agreement-clauses'), law],
    shows: {
      nl: 'Elke overeenkomst met een verwerker is getekend, loopt, en heeft elke afspraak die de wet vraagt.',
      en: 'Each agreement with a processor is signed, runs, and has each clause that the law demands.',
    },
    doesNotShow: { nl: 'Dat de leverancier zich eraan houdt.', en: 'That the supplier lives up to it.' },
    verify: {
      nl: 'Bent u klant, vraag dan de lijst van verwerkers op.',
      en: 'If you are a client, ask for the list of processors.',
    },
  },
  P27: {
    title: { nl: "Privacyrisico's telkens opnieuw in kaart", en: 'Privacy risks mapped again and again' },
    needs: [check('review-dates'), declaration('risk-review'), law],
    shows: {
      nl: 'Geen beoordeling is over tijd, en iemand van ons verklaarde de laatste.',
      en: 'No assessment is overdue, and one of us declared the last.',
    },
    doesNotShow: { nl: 'Dat elk risico gevonden is.', en: 'That every risk was found.' },
    verify: { nl: 'Vraag ons om de samenvatting van een beoordeling.', en: 'Ask us for the summary of an assessment.' },
  },
  P28: {
    title: { nl: 'Onderzocht door een buitenstaander, met een keurmerk', en: 'Examined by an outsider, with a seal' },
    needs: [check('seal-dates'), declaration('outside-audit'), law],
    shows: {
      nl: 'Het keurmerk is volledig genoemd en loopt, en iemand van ons verklaarde dat het onderzoek er was.',
      en: 'The seal is named in full and runs, and one of us declared that the examination took place.',
    },
    doesNotShow: { nl: 'Wat de onderzoeker vond.', en: 'What the examiner found.' },
    verify: { nl: 'Zoek het keurmerk op bij wie het uitgeeft.', en: 'Look the seal up with its issuer.' },
  },
};

/** P14–P20: where data is, who gets it, and what the website and the telephone pass on. */
import { check, declaration, disproof, law, type Promised } from './need.ts';

export const receivers: Readonly<Record<string, Promised>> = {
  P14: {
    title: { nl: 'Opgeslagen waar wij zeggen, en nergens anders', en: 'Stored where we say, and nowhere else' },
    needs: [check('locations'), check('recipients-inside')],
    shows: {
      nl: 'De opgegeven plaats van elk systeem en het land van elke ontvanger passen bij wat wij beloven.',
      en: 'The stated place of each system and the country of each recipient fit what we promise.',
    },
    doesNotShow: {
      nl: 'Waar een systeem werkelijk staat: dat is opgegeven, niet gemeten.',
      en: 'Where a system really stands: that is stated, not measured.',
    },
    verify: {
      nl: 'Vergelijk de ontvangers en landen in de verklaring; vraag ons waar een dienst draait.',
      en: 'Look at the recipients and countries in the statement; ask us where a service runs.',
    },
  },
  P15: {
    title: {
      nl: 'Anderen krijgen alleen wat nodig is, onder afspraken',
      en: 'Others get only what is needed, under agreements',
    },
    needs: [check('agreement-clauses'), check('only-necessary'), law],
    shows: {
      nl: 'Elke ontvanger staat in de verklaring, krijgt alleen gegevens bij een doel, en elke verwerker heeft een overeenkomst.',
      en: 'Each recipient is in the statement and gets data for a purpose only, and each processor has an agreement.',
    },
    doesNotShow: {
      nl: 'Wat er in elk bericht aan een ontvanger werkelijk stond.',
      en: 'What each message to a recipient really held.',
    },
    verify: {
      nl: 'Vraag inzage: het antwoord noemt wie uw gegevens kreeg.',
      en: 'Ask for access: the answer tells who got your data.',
    },
  },
  P16: {
    title: { nl: 'Buiten de EER dezelfde bescherming', en: 'The same protection outside the EEA' },
    needs: [law],
    shows: {
      nl: 'Voor elke ontvanger buiten de EER noemt het beleid het middel van de wet; of er is er geen.',
      en: 'For each recipient outside the EEA the policy names the mechanism of the law; or there is none.',
    },
    doesNotShow: {
      nl: 'Hoe een ander land de gegevens in de praktijk behandelt.',
      en: 'How another country treats the data in practice.',
    },
    verify: { nl: 'Vraag een kopie van de afspraken.', en: 'Ask for a copy of the safeguards.' },
  },
  P17: {
    title: {
      nl: 'Autoriteiten krijgen wat de wet vraagt, en niet meer',
      en: 'Authorities get what the law demands, and no more',
    },
    needs: [declaration('authority-disclosures')],
    shows: {
      nl: 'Iemand van ons verklaarde dat elk verzoek van een autoriteit aan de wet is getoetst.',
      en: 'One of us declared that each request of an authority was held against the law.',
    },
    doesNotShow: {
      nl: 'Welke verzoeken er waren: dat mogen wij niet altijd zeggen.',
      en: 'Which requests there were: we may not always tell.',
    },
    verify: {
      nl: 'Vraag ons ernaar; wij zeggen wat de wet ons laat zeggen.',
      en: 'Ask us; we tell what the law lets us tell.',
    },
  },
  P18: {
    title: { nl: 'Een afgeschermd nummer blijft van rekeningen', en: 'A shielded number stays off bills' },
    needs: [declaration('shielded-numbers'), law],
    shows: {
      nl: 'Iemand van ons verklaarde dat een ronde rekeningen is nagekeken.',
      en: 'One of us declared that a run of bills was looked at.',
    },
    doesNotShow: {
      nl: 'Wat er op rekeningen van andere aanbieders staat.',
      en: 'What is on bills of other providers.',
    },
    verify: {
      nl: 'Kijk op een rekening van iemand die u belde: de laatste vier cijfers van uw nummer horen te ontbreken.',
      en: 'Look at a bill of someone you called: the last four digits of your number should be missing.',
    },
  },
  P19: {
    title: {
      nl: 'Bij een andere eigenaar gaat mee wat nodig is, en u hoort het',
      en: 'With another owner what is needed goes along, and you are told',
    },
    needs: [declaration('ownership-change')],
    shows: {
      nl: 'Iemand van ons verklaarde dat het bedrijf niet overging, of dat u het vooraf hoorde.',
      en: 'One of us declared that the business did not pass on, or that you were told beforehand.',
    },
    doesNotShow: { nl: 'Wat er in de toekomst gebeurt.', en: 'What will happen in the future.' },
    verify: {
      nl: 'Kijk in het handelsregister wie de eigenaar is.',
      en: 'Look in the trade register who the owner is.',
    },
  },
  P20: {
    title: {
      nl: 'Websitebezoek: alleen de cookies en gegevens die wij noemen',
      en: 'Website visits: only the cookies and data that we name',
    },
    needs: [declaration('cookie-scan'), disproof('visited'), law],
    shows: {
      nl: 'Iemand van ons verklaarde dat de website alleen de genoemde cookies plaatst.',
      en: 'One of us declared that the website places only the cookies that are named.',
    },
    doesNotShow: {
      nl: 'Wat een browser met uitbreidingen toont of blokkeert.',
      en: 'What a browser with extensions shows or blocks.',
    },
    verify: {
      nl: 'Open de website en kijk in uw browser welke cookies er staan.',
      en: 'Open the website and look in your browser which cookies there are.',
    },
  },
};

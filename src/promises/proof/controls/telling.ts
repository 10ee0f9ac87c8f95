/** P01–P06: who we are, why, what, in which role, and the statement itself. */
import { check, declaration, law, type Promised } from './need.ts';

export const telling: Readonly<Record<string, Promised>> = {
  P01: {
    title: { nl: 'Wie wij zijn en hoe u ons bereikt', en: 'Who we are and how to reach us' },
    needs: [check('contact'), check('published'), law],
    shows: {
      nl: 'Onze naam, ons adres en ons e-mailadres staan in de gepubliceerde verklaring.',
      en: 'Our name, address and e-mail address are in the published statement.',
    },
    doesNotShow: {
      nl: 'Of elke brief op tijd beantwoord wordt.',
      en: 'Whether each letter is answered in time.',
    },
    verify: { nl: 'Lees de verklaring en schrijf of mail ons.', en: 'Read the statement and write or mail to us.' },
  },
  P02: {
    title: { nl: 'Waarvoor wij gegevens gebruiken', en: 'What we use data for' },
    needs: [law],
    shows: {
      nl: 'Elk doel in ons beleid heeft een grond in de wet, en is in de verklaring te lezen.',
      en: 'Each purpose in our policy has a ground in law, and can be read in the statement.',
    },
    doesNotShow: {
      nl: 'Dat niemand bij ons gegevens voor iets anders gebruikt.',
      en: 'That nobody with us uses data for something else.',
    },
    verify: {
      nl: 'Vraag inzage: het antwoord noemt bij elk gegeven waarvoor wij het hebben.',
      en: 'Ask for access: the answer tells for each piece of data what we have it for.',
    },
  },
  P03: {
    title: { nl: 'Welke gegevens wij hebben, en van wie', en: 'Which data we have, and of whom' },
    needs: [check('declared-data'), law],
    shows: {
      nl: 'In onze aangesloten systemen is gekeken of er iets staat dat de verklaring niet noemt.',
      en: 'Our connected systems were looked through for anything that the statement does not name.',
    },
    doesNotShow: {
      nl: 'Wat er staat in systemen die niet zijn aangesloten, of op papier.',
      en: 'What is in systems that are not connected, or on paper.',
    },
    verify: {
      nl: 'Vraag inzage en vergelijk wat u krijgt met de verklaring.',
      en: 'Ask for access and compare what you get with the statement.',
    },
  },
  P04: {
    title: { nl: 'Twee rollen: voor onszelf en voor onze klanten', en: 'Two roles: for ourselves and for our clients' },
    needs: [check('registers'), check('client-agreements'), law],
    shows: {
      nl: 'Beide registers die de wet vraagt zijn volledig, en met elke klant loopt een overeenkomst.',
      en: 'Both registers that the law demands are complete, and with each client an agreement runs.',
    },
    doesNotShow: {
      nl: 'Dat wij ons aan elke instructie van een klant hielden.',
      en: 'That we followed each instruction of a client.',
    },
    verify: {
      nl: 'Bent u klant, vraag dan uw eigen register en de overeenkomst op.',
      en: 'If you are a client, ask for your own register and the agreement.',
    },
  },
  P05: {
    title: { nl: 'Gebruikscijfers alleen uit anonieme gegevens', en: 'Figures on use only from anonymous data' },
    needs: [declaration('anonymisation-test'), law],
    shows: {
      nl: 'Iemand van ons verklaarde dat de cijfers zijn getoetst en naar niemand meer wijzen.',
      en: 'One of us declared that the figures were tested and no longer point to anyone.',
    },
    doesNotShow: {
      nl: 'Hoe groot de kans is dat een ander ze toch herleidt: dat is niet gemeten.',
      en: 'How likely it is that another still traces them back: that was not measured.',
    },
    verify: { nl: 'Vraag ons om de uitkomst van de toets.', en: 'Ask us for the result of the test.' },
  },
  P06: {
    title: {
      nl: 'De verklaring heeft een datum en versies, en de nieuwste staat op de website',
      en: 'The statement has a date and versions, and the newest is on the website',
    },
    needs: [check('published'), check('told'), check('served'), law],
    shows: {
      nl: 'De versie op onze website is de nieuwste, en eerdere versies zijn te lezen.',
      en: 'The version on our website is the newest, and earlier versions can be read.',
    },
    doesNotShow: {
      nl: 'Of iedereen een wijziging ook gelezen heeft.',
      en: 'Whether everyone also read a change.',
    },
    verify: {
      nl: 'Vergelijk versie en datum op onze website met die in het logboek.',
      en: 'Compare version and date on our website with those in the log.',
    },
  },
};

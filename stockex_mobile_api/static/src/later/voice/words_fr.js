/** French number words, commands and what may be said around them. */

export const FRENCH = {
    /** Words worth a number below hundred. */
    small: {
        ...{ zéro: 0, zero: 0, un: 1, une: 1, deux: 2, trois: 3, quatre: 4, cinq: 5, six: 6 },
        ...{ sept: 7, huit: 8, neuf: 9, dix: 10, onze: 11, douze: 12, treize: 13, quatorze: 14 },
        ...{ quinze: 15, seize: 16 },
    },
    /** Tens, and up to which unit they take: "soixante" goes on to "dix-neuf". */
    tens: {
        ...{ vingt: [20, 9], vingts: [20, 9], trente: [30, 9], quarante: [40, 9] },
        ...{ cinquante: [50, 9], soixante: [60, 19], septante: [70, 9], huitante: [80, 9] },
        ...{ octante: [80, 9], nonante: [90, 9] },
    },
    hundred: ["cent", "cents"],
    thousand: ["mille", "milles"],
    and: ["et"],
    point: ["virgule", "point"],
    fractions: { demi: 0.5, demie: 0.5, quart: 0.25 },
    dozen: { douzaine: 12, douzaines: 12, dizaine: 10, dizaines: 10, vingtaine: 20, centaine: 100 },
    minus: ["moins"],
    articles: [],
    commands: {
        ...{ suivant: "next", suivante: "next", ensuite: "next", "on passe": "next" },
        ...{ annuler: "undo", annule: "undo", annulé: "undo", annulez: "undo", annulée: "undo" },
        ...{ efface: "undo", effacer: "undo", effacez: "undo", retour: "undo" },
        ...{ rien: "zero", aucun: "zero", aucune: "zero", vide: "zero" },
    },
    /** What takes back the number said just before. */
    corrections: [
        ...["non", "pardon", "plutôt", "correction", "je corrige", "je veux dire", "enfin"],
        ...["attends", "attendez", "je me trompe", "désolé", "désolée"],
    ],
    noise: [
        ...[
            "euh",
            "heu",
            "hum",
            "alors",
            "donc",
            "bon",
            "ben",
            "bah",
            "voilà",
            "oui",
            "ok",
            "okay",
        ],
        ...[
            "d'accord",
            "il y en a",
            "il y a",
            "y en a",
            "y a",
            "j'en ai",
            "j'ai",
            "on a",
            "ça fait",
        ],
        ...["c'est", "compte", "compté", "comptés", "comptées", "trouvé", "trouvés", "quantité"],
        ...["total", "au total", "en tout", "pièce", "pièces", "unité", "unités", "article"],
        ...["articles", "boîte", "boîtes", "boite", "boites", "carton", "cartons", "palette"],
        ...["palettes", "sac", "sacs", "bouteille", "bouteilles", "kilo", "kilos", "kilogramme"],
        ...["kilogrammes", "kg", "litre", "litres", "mètre", "mètres", "de", "s'il te plaît"],
        ...["s'il vous plaît", "merci", "il reste", "reste", "là", "ici", "le", "la", "les"],
    ],
    /** Heard alone, these are numbers that the recogniser spelt otherwise. */
    homophones: {
        ...{
            de: "2",
            vin: "20",
            vins: "20",
            vain: "20",
            cet: "7",
            cette: "7",
            set: "7",
            sans: "100",
        },
        ...{ sang: "100", cinque: "5", saint: "5", sain: "5", sein: "5", hein: "1", disse: "10" },
        ...{ dis: "10", dit: "10", treze: "13", onse: "11", nef: "9", oeuf: "9", cis: "6" },
        ...{ sis: "6", trop: "3", huitre: "8", mil: "1000" },
    },
};

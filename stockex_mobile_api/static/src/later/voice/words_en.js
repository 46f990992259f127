/** English number words, commands and what may be said around them. */

export const ENGLISH = {
    small: {
        ...{
            zero: 0,
            oh: 0,
            one: 1,
            two: 2,
            three: 3,
            four: 4,
            five: 5,
            six: 6,
            seven: 7,
            eight: 8,
        },
        ...{ nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15 },
        ...{ sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19 },
    },
    tens: {
        ...{ twenty: [20, 9], thirty: [30, 9], forty: [40, 9], fourty: [40, 9], fifty: [50, 9] },
        ...{ sixty: [60, 9], seventy: [70, 9], eighty: [80, 9], ninety: [90, 9] },
    },
    hundred: ["hundred", "hundreds"],
    thousand: ["thousand", "thousands"],
    and: ["and"],
    point: ["point", "dot"],
    fractions: { half: 0.5, quarter: 0.25 },
    dozen: { dozen: 12, dozens: 12 },
    minus: ["minus", "negative"],
    articles: ["a", "an"],
    commands: {
        ...{ next: "next", continue: "next", "go on": "next", "move on": "next" },
        ...{ undo: "undo", cancel: "undo", "take back": "undo", "take it back": "undo" },
        ...{ "go back": "undo", delete: "undo", none: "zero", nothing: "zero", empty: "zero" },
    },
    corrections: [
        ...["no", "sorry", "correction", "i mean", "i meant", "rather", "make that", "make it"],
        ...["actually", "wait", "scratch that", "my mistake"],
    ],
    noise: [
        ...["uh", "um", "er", "erm", "hmm", "well", "so", "yes", "yeah", "ok", "okay", "right"],
        ...["i have", "i've got", "we have", "i", "got", "have", "count", "counted", "i count"],
        ...["found", "there are", "there is", "there's", "that's", "it's", "that is", "it is"],
        ...["quantity", "total", "in total", "altogether", "piece", "pieces", "unit", "units"],
        ...["item", "items", "box", "boxes", "carton", "cartons", "pallet", "pallets", "bag"],
        ...["bags", "bottle", "bottles", "kilo", "kilos", "kilogram", "kilograms", "kg", "pound"],
        ...["pounds", "litre", "litres", "liter", "liters", "metre", "metres", "of", "the"],
        ...["please", "thanks", "thank you", "left", "here"],
    ],
    homophones: {
        ...{ to: "2", too: "2", for: "4", fore: "4", ate: "8", won: "1", tree: "3", free: "3" },
        ...{ sex: "6", sics: "6", tin: "10", then: "10", nein: "9", fife: "5", hate: "8" },
    },
};

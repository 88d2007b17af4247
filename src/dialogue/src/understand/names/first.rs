//! First names: they tell a name from another word where nothing else does
//! ("c'est camille lefèvre"). Folded, sorted; a name that is missing is still
//! understood after a plain introduction or when it has its capital.

use crate::understand::words::Word;

/// First names given in France.
#[rustfmt::skip]
pub(super) static FIRST: [&str; 601] = [
    "adam", "adele", "adeline", "adrien", "agathe", "agnes", "ahmed", "aicha", "alain", "alban", "albert", "alex",
    "alexandra", "alexandre", "alexia", "alexis", "ali", "alice", "alicia", "aline", "alix", "amandine", "ambre",
    "amelie", "amina", "anais", "andre", "andrea", "andree", "angele", "angelique", "anissa", "anita", "anna",
    "anne", "annick", "annie", "anthony", "antoine", "antoinette", "antonin", "antonio", "apolline", "ariane",
    "arlette", "armand", "arnaud", "arthur", "astrid", "aubin", "audrey", "augustin", "aurelie", "aurelien",
    "aurore", "axel", "axelle", "aya", "baptiste", "barbara", "basile", "bastien", "beatrice", "benedicte",
    "benjamin", "benoit", "bernadette", "bernard", "bertrand", "blanche", "blandine", "brigitte", "bruno",
    "camille", "capucine", "carine", "carla", "carole", "caroline", "catherine", "cecile", "cedric", "celeste",
    "celestin", "celia", "celine", "chantal", "charlene", "charles", "charline", "charlotte", "chloe", "christelle",
    "christian", "christiane", "christine", "christophe", "claire", "clara", "clarisse", "claude", "claudette",
    "claudine", "clemence", "clement", "clementine", "cleo", "clotilde", "colette", "coline", "come", "constance",
    "constant", "coralie", "corentin", "corinne", "cyril", "cyrille", "damien", "daniel", "daniele", "danielle",
    "david", "deborah", "delphine", "denis", "denise", "diane", "didier", "dimitri", "dominique", "dorian",
    "dorothee", "edgar", "edith", "edmond", "edouard", "eglantine", "elena", "eleonore", "eliane", "elias", "elie",
    "eline", "eliott", "elisa", "elisabeth", "elise", "ella", "elodie", "eloise", "elsa", "emeline", "emile",
    "emilie", "emilien", "emma", "emmanuel", "emmanuelle", "enzo", "eric", "erika", "erwan", "esteban", "estelle",
    "esther", "ethan", "etienne", "eugene", "eugenie", "eva", "eve", "evelyne", "fabien", "fabienne", "fabrice",
    "faiza", "fanny", "farah", "farid", "fatiha", "fatima", "fatou", "faustine", "felicie", "felix", "fernand",
    "fernande", "fiona", "flavie", "flora", "florence", "florent", "florentin", "florian", "francis", "franck",
    "francois", "francoise", "frederic", "frederique", "gabin", "gabriel", "gabrielle", "gael", "gaelle", "gaetan",
    "gaspard", "gaston", "genevieve", "geoffrey", "georges", "georgette", "gerald", "geraldine", "gerard",
    "germaine", "ghislaine", "gilbert", "gilberte", "gilles", "ginette", "gisele", "giulia", "gregoire", "gregory",
    "guillaume", "gustave", "guy", "gwenaelle", "hamza", "hannah", "hassan", "helene", "henri", "henriette",
    "herve", "hortense", "hugo", "huguette", "ibrahim", "ida", "ines", "ingrid", "irene", "iris", "isaac",
    "isabelle", "ismael", "ivan", "jack", "jacqueline", "jacques", "jade", "jamal", "jasmine", "jean", "jeanne",
    "jeannine", "jennifer", "jeremie", "jeremy", "jerome", "jessica", "joel", "joelle", "johan", "johanna", "jonas",
    "jonathan", "jordan", "jose", "joseph", "josephine", "josette", "josiane", "josselin", "joyce", "juan",
    "judith", "jules", "julia", "julian", "julie", "julien", "juliette", "justin", "justine", "kamel", "karim",
    "karima", "karine", "katia", "kelly", "kenza", "kevin", "khadija", "kylian", "lara", "laura", "laure",
    "laureen", "lauren", "laurence", "laurent", "laurie", "lea", "leandre", "leila", "lena", "leo", "leon",
    "leonard", "leonie", "leopold", "liam", "lila", "lilian", "liliane", "lily", "lina", "lionel", "lisa", "lise",
    "lison", "loane", "loic", "lois", "lola", "lorenzo", "lou", "louane", "louis", "louisa", "louise", "louna",
    "luc", "luca", "lucas", "lucette", "lucie", "lucien", "lucienne", "ludivine", "ludovic", "lydia", "lydie",
    "lyna", "madeleine", "mael", "maelle", "maelys", "magali", "mahe", "maia", "malik", "malo", "manon", "manuel",
    "marc", "marcel", "marcelle", "marcelline", "marco", "margaux", "margot", "marguerite", "maria", "mariam",
    "marianne", "marie", "marina", "marine", "marion", "marius", "marjorie", "marlene", "marthe", "martial",
    "martin", "martine", "mateo", "mathias", "mathieu", "mathilde", "mathis", "mathys", "matteo", "matthias",
    "matthieu", "maud", "maurice", "maxence", "maxime", "maya", "mehdi", "melanie", "melina", "melissa", "melodie",
    "meryem", "michael", "michel", "michele", "micheline", "mickael", "mila", "milo", "mireille", "mohamed",
    "mohammed", "moise", "monique", "morgan", "morgane", "mounir", "muriel", "myriam", "nabil", "nadege", "nadia",
    "nadine", "naim", "nathalie", "nathan", "nathanael", "nelly", "nicolas", "nicole", "nina", "ninon", "noa",
    "noah", "noe", "noel", "noelle", "noemie", "nolan", "nora", "norbert", "odette", "odile", "olga", "olivia",
    "olivier", "omar", "oriane", "oscar", "pablo", "paola", "pascal", "pascale", "patrice", "patricia", "patrick",
    "paul", "paula", "paule", "paulette", "pauline", "perrine", "philippe", "philippine", "pierre", "pierrette",
    "priscilla", "quentin", "rachel", "rachid", "rafael", "rania", "raoul", "raphael", "raphaelle", "rayan",
    "raymond", "raymonde", "rebecca", "regine", "regis", "remi", "remy", "renaud", "rene", "renee", "richard",
    "robert", "robin", "rodolphe", "roger", "roland", "rolande", "romain", "romane", "romeo", "romy", "rosa",
    "rosalie", "rose", "roxane", "ruben", "sabine", "sabrina", "sacha", "said", "salima", "salome", "sam", "samia",
    "samir", "samuel", "samy", "sandra", "sandrine", "sara", "sarah", "sasha", "sebastien", "selma", "serge",
    "severine", "sibylle", "simon", "simone", "soazig", "sofia", "solal", "solange", "solene", "soline", "sonia",
    "sophie", "stanislas", "stella", "stephane", "stephanie", "steve", "suzanne", "suzie", "sylvain", "sylvaine",
    "sylvie", "tatiana", "teddy", "teo", "thais", "theo", "theodore", "theophile", "therese", "thibaud", "thibault",
    "thibaut", "thierry", "thomas", "tiago", "timeo", "timothee", "titouan", "tom", "tony", "tristan", "ugo",
    "ulysse", "valentin", "valentine", "valerie", "vanessa", "vera", "veronique", "victoire", "victor", "victoria",
    "vincent", "violette", "virginie", "viviane", "vivien", "wassim", "wendy", "wilfried", "william", "xavier",
    "yael", "yanis", "yann", "yannick", "yasmine", "ylan", "yoann", "yohan", "yolande", "youssef", "yves", "yvette",
    "yvon", "yvonne", "zacharie", "zahra", "zoe", "zohra",
];

/// First names that are said for something else where nothing announces a name.
const ALSO_WORDS: [&str; 12] = [
    "ali", "aya", "come", "constant", "ida", "noel", "pascal", "rose", "said", "sam", "victoire",
    "violette",
];

/// True for a first name that is nothing else, even alone.
pub(super) fn is_plainly_first_name(folded: &str) -> bool {
    is_first_name(folded) && !ALSO_WORDS.contains(&folded)
}

/// True where "ben" begins a surname ("Ben Ahmed") and is no hesitation.
pub(super) fn is_ben(words: &[Word], at: usize) -> bool {
    const AFTER: [&str; 36] = [
        "abdallah", "ahmed", "aissa", "ali", "ameur", "ammar", "amor", "arfa", "attia", "brahim",
        "cheikh", "hamed", "hamida", "hamou", "hassan", "hassen", "ibrahim", "jemaa", "khalifa",
        "khalil", "khedher", "mansour", "messaoud", "mohamed", "moussa", "naceur", "othman",
        "rejeb", "romdhane", "said", "salah", "salem", "slimane", "soltane", "yahia", "youssef",
    ];
    let ben = words.get(at).is_some_and(|word| word.folded == "ben" && word.stop.is_none());
    ben && words.get(at + 1).is_some_and(|next| AFTER.contains(&next.folded.as_str()))
}

/// True for a known first name.
pub(in crate::understand) fn is_first_name(folded: &str) -> bool {
    FIRST.binary_search(&folded).is_ok()
}

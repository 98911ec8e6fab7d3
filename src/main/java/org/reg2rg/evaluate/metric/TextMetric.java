package org.reg2rg.evaluate.metric;

/** The text scores of one report, in the order of every table. */
public enum TextMetric {
    BLEU_1("bleu_1", "BLEU-1"),
    BLEU_2("bleu_2", "BLEU-2"),
    BLEU_3("bleu_3", "BLEU-3"),
    BLEU_4("bleu_4", "BLEU-4"),
    METEOR("meteor", "METEOR"),
    ROUGE_1("rouge_1", "ROUGE-1"),
    ROUGE_2("rouge_2", "ROUGE-2"),
    ROUGE_L("rouge_l", "ROUGE-L"),
    CIDER("cider", "CIDEr");

    private final String key;
    private final String title;

    TextMetric(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** The name in JSON and CSV. */
    public String key() {
        return key;
    }

    /** The name in the paper. */
    public String title() {
        return title;
    }
}

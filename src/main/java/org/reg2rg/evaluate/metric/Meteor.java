package org.reg2rg.evaluate.metric;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.reg2rg.evaluate.text.PorterStemmer;
import org.reg2rg.evaluate.text.WordNet;

/**
 * METEOR as NLTK 3.8.1 computes it (A. Lavie, A. Agarwal, 2007; α 0.9, β 3, γ 0.5): words are matched exactly, then by
 * stem, then by synonym, always from the end of both texts backwards. As in NLTK, the synonym stage sees the stems that
 * the stage before left over, not the words.
 */
public final class Meteor {
    private static final double ALPHA = 0.9;
    private static final double BETA = 3;
    private static final double GAMMA = 0.5;
    private static final int UNMATCHED = -1;

    /** Stems kept for reuse; a vocabulary beyond this is stemmed again each time. */
    private static final int CACHE_LIMIT = 200_000;

    private static final ConcurrentMap<String, String> STEMS = new ConcurrentHashMap<>();

    private final WordNet wordNet;

    public Meteor(WordNet wordNet) {
        this.wordNet = wordNet;
    }

    /** Score of a prediction against a reference, of NLTK words; 0 where nothing matches. */
    public double score(List<String> reference, List<String> prediction) {
        int[] partners = align(reference, prediction);
        int matches = 0;
        int chunks = 0;
        int last = -2;
        boolean adjacent = false;
        for (int partner : partners) {
            if (partner == UNMATCHED) {
                adjacent = false;
                continue;
            }
            matches++;
            chunks += adjacent && partner == last + 1 ? 0 : 1;
            last = partner;
            adjacent = true;
        }
        if (matches == 0) {
            return 0;
        }
        double precision = (double) matches / prediction.size();
        double recall = (double) matches / reference.size();
        double mean = precision * recall / (ALPHA * precision + (1 - ALPHA) * recall);
        return (1 - GAMMA * Math.pow((double) chunks / matches, BETA)) * mean;
    }

    /** For each word of the prediction the index of its partner in the reference, or −1. */
    int[] align(List<String> reference, List<String> prediction) {
        int[] partners = new int[prediction.size()];
        Arrays.fill(partners, UNMATCHED);
        String[] wanted = lower(reference);
        String[] given = lower(prediction);
        boolean[] taken = new boolean[wanted.length];
        matchEqual(wanted, given, taken, partners);
        stemUnmatched(wanted, given, taken, partners);
        matchEqual(wanted, given, taken, partners);
        matchSynonyms(wanted, given, taken, partners);
        return partners;
    }

    private static String[] lower(List<String> words) {
        return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toArray(String[]::new);
    }

    private static void matchEqual(String[] wanted, String[] given, boolean[] taken, int[] partners) {
        Map<String, Deque<Integer>> places = new HashMap<>();
        for (int j = 0; j < wanted.length; j++) {
            if (!taken[j]) {
                places.computeIfAbsent(wanted[j], word -> new ArrayDeque<>()).push(j);
            }
        }
        for (int i = given.length - 1; i >= 0; i--) {
            Deque<Integer> free = partners[i] == UNMATCHED ? places.get(given[i]) : null;
            if (free != null && !free.isEmpty()) {
                partners[i] = free.pop();
                taken[partners[i]] = true;
            }
        }
    }

    private static void stemUnmatched(String[] wanted, String[] given, boolean[] taken, int[] partners) {
        for (int j = 0; j < wanted.length; j++) {
            wanted[j] = taken[j] ? wanted[j] : stem(wanted[j]);
        }
        for (int i = 0; i < given.length; i++) {
            given[i] = partners[i] == UNMATCHED ? stem(given[i]) : given[i];
        }
    }

    private static String stem(String word) {
        String known = STEMS.get(word);
        if (known != null) {
            return known;
        }
        String stem = PorterStemmer.stem(word);
        if (STEMS.size() < CACHE_LIMIT) {
            STEMS.put(word, stem);
        }
        return stem;
    }

    private void matchSynonyms(String[] wanted, String[] given, boolean[] taken, int[] partners) {
        List<Integer> free = new ArrayList<>();
        for (int j = wanted.length - 1; j >= 0; j--) {
            if (!taken[j]) {
                free.add(j);
            }
        }
        for (int i = given.length - 1; i >= 0 && !free.isEmpty(); i--) {
            if (partners[i] == UNMATCHED) {
                Set<String> synonyms = wordNet.synonyms(given[i]);
                for (int k = 0; k < free.size(); k++) {
                    if (synonyms.contains(wanted[free.get(k)])) {
                        partners[i] = free.remove(k);
                        break;
                    }
                }
            }
        }
    }
}

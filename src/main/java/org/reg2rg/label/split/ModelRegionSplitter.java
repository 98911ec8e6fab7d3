package org.reg2rg.label.split;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reg2rg.core.Hashes;
import org.reg2rg.core.Json;
import org.reg2rg.ct.Region;
import org.reg2rg.label.split.ChatEndpoint.Message;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Places sentences through a language model, as the paper did for CTRG. An answer that loses, doubles or invents a
 * sentence goes back to the model with what is wrong, a bounded number of times; after that the rules place the report.
 * Good answers are kept in a folder, so that a second run asks only for what is new.
 */
public final class ModelRegionSplitter implements RegionSplitter {
    private static final int ROUNDS = 3;
    private static final int TOLD = 12;
    private static final String INSTRUCTION = """
            You sort the sentences of a chest CT report by anatomical region.
            The regions are: %s.
            Use "other" for sentences about no region: technique, comparison, advice, head, skin.
            Rules:
            1. Put every sentence into exactly one region, the one whose structure it describes.
            2. A sentence that names no structure belongs with the sentence that it continues.
            3. Copy each sentence as it stands. Do not shorten, correct, translate, split, join or add sentences.
            Answer with one JSON object and nothing else: keys are region names, values are lists of sentences.
            """.formatted(String.join(", ", Region.datasetNames()));

    private final ChatEndpoint endpoint;
    private final Path cache;
    private final RegionSplitter rules = new RuleRegionSplitter();

    /** @param cache folder for good answers; made when the first one comes */
    public ModelRegionSplitter(ChatEndpoint endpoint, Path cache) {
        this.endpoint = endpoint;
        this.cache = cache;
    }

    @Override
    public PlacedReport place(List<String> sentences) {
        if (sentences.isEmpty()) {
            return rules.place(sentences);
        }
        try {
            Path file = cacheFile(sentences);
            Optional<List<PlacedSentence>> known = fromCache(file, sentences);
            return known.isPresent()
                    ? new PlacedReport(known.get(), PlacedReport.CACHE, "")
                    : fromModel(file, sentences);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PlacedReport fromModel(Path file, List<String> sentences) throws IOException {
        var talk = new ArrayList<Message>();
        talk.add(new Message("system", INSTRUCTION));
        talk.add(new Message("user", listed(sentences)));
        List<String> problems = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            String answer = ask(talk);
            ModelAnswer.Verdict verdict = ModelAnswer.check(answer, sentences);
            if (verdict.good()) {
                Json.write(file, Json.MAPPER.createObjectNode().put("answer", answer));
                return new PlacedReport(verdict.sentences(), PlacedReport.MODEL, "");
            }
            problems = verdict.problems();
            talk.add(new Message("assistant", answer));
            talk.add(new Message("user", complaint(problems)));
        }
        return new PlacedReport(
                rules.place(sentences).sentences(),
                PlacedReport.RULES,
                "the model's answer was wrong " + ROUNDS + " times, last: " + problems.getFirst());
    }

    private String ask(List<Message> talk) {
        try {
            return endpoint.ask(List.copyOf(talk));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the model", e);
        }
    }

    private static String listed(List<String> sentences) {
        var text = new StringBuilder("The report, one sentence a line:\n");
        sentences.forEach(
                sentence -> text.append(sentence.replaceAll("\\s+", " ")).append('\n'));
        return text.toString();
    }

    private static String complaint(List<String> problems) {
        return "This is not right:\n- "
                + String.join("\n- ", problems.subList(0, Math.min(TOLD, problems.size())))
                + "\nAnswer again with the whole JSON object, every sentence exactly once.";
    }

    private Path cacheFile(List<String> sentences) {
        String all = endpoint.identity() + "\n" + INSTRUCTION + "\n" + String.join("\n", sentences);
        return cache.resolve(Hashes.sha256(all) + ".json");
    }

    /** An earlier answer, checked again: a damaged file is only asked for anew. */
    private static Optional<List<PlacedSentence>> fromCache(Path file, List<String> sentences) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode answer = Json.MAPPER.readTree(Files.readAllBytes(file)).path("answer");
            ModelAnswer.Verdict verdict = ModelAnswer.check(answer.asString(""), sentences);
            return verdict.good() ? Optional.of(verdict.sentences()) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}

package org.reg2rg.evaluate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.reg2rg.ct.Region;
import org.reg2rg.evaluate.clinical.LabelPair;
import org.reg2rg.evaluate.clinical.Sizes;
import org.reg2rg.evaluate.metric.PairScorer;
import org.reg2rg.evaluate.stat.Seeds;
import org.reg2rg.report.LabelledText;
import org.reg2rg.report.ReportLabeller;

/** Some rows of the file that are scored together, in parallel; what comes out does not depend on the threads. */
record Block(List<StudyTexts> texts, int number, long seed, Evaluator.Scorers scorers, LabelSource labels) {

    /** What is found out about one study. */
    record Result(
            PairScorer.Scores whole,
            Map<Region, PairScorer.Scores> regions,
            Optional<LabelPair> labels,
            Map<Region, LabelPair> regionLabels,
            Evaluation.SizeCounts sizes) {}

    private record Place(int study, Region region) {}

    List<Result> results() {
        List<Optional<LabelPair>> pairs = wholeLabels();
        List<Map<Region, LabelPair>> regionPairs = regionLabels();
        return IntStream.range(0, texts.size())
                .parallel()
                .mapToObj(i -> result(texts.get(i), pairs.get(i), regionPairs.get(i)))
                .toList();
    }

    private Result result(StudyTexts study, Optional<LabelPair> pair, Map<Region, LabelPair> regionPairs) {
        var regions = new EnumMap<Region, PairScorer.Scores>(Region.class);
        study.regions().forEach((region, text) -> regions.put(region, score(scorer(region), text)));
        List<Double> wanted = Sizes.inMillimetres(study.plain().reference());
        List<Double> given = Sizes.inMillimetres(study.plain().prediction());
        return new Result(
                score(scorers.whole(), study.whole()),
                regions,
                pair,
                regionPairs,
                new Evaluation.SizeCounts(wanted.size(), given.size(), Sizes.matches(wanted, given)));
    }

    private PairScorer scorer(Region region) {
        return scorers.regions().getOrDefault(region, scorers.whole());
    }

    private static PairScorer.Scores score(PairScorer scorer, TextPair pair) {
        return scorer.score(pair.reference(), pair.prediction());
    }

    private List<Optional<LabelPair>> wholeLabels() {
        return switch (labels) {
            case LabelSource.None() ->
                texts.stream().map(t -> Optional.<LabelPair>empty()).toList();
            case LabelSource.Given(var file) ->
                texts.stream().map(t -> file.find(t.row().id())).toList();
            case LabelSource.Reader(var labeller) ->
                read(labeller, texts.stream().map(StudyTexts::plain).toList()).stream()
                        .map(Optional::of)
                        .toList();
        };
    }

    /** Labels of the regions' own texts; only a labeller can tell them. */
    private List<Map<Region, LabelPair>> regionLabels() {
        List<Map<Region, LabelPair>> found = new ArrayList<>();
        texts.forEach(t -> found.add(new EnumMap<>(Region.class)));
        if (labels instanceof LabelSource.Reader(var labeller)) {
            List<Place> places = places();
            List<LabelPair> pairs =
                    read(labeller, places.stream().map(this::pair).toList());
            for (int i = 0; i < places.size(); i++) {
                found.get(places.get(i).study).put(places.get(i).region, pairs.get(i));
            }
        }
        return found;
    }

    private List<Place> places() {
        return IntStream.range(0, texts.size())
                .boxed()
                .flatMap(i -> texts.get(i).regions().keySet().stream().map(region -> new Place(i, region)))
                .toList();
    }

    private TextPair pair(Place place) {
        return texts.get(place.study).regions().getOrDefault(place.region, new TextPair("", ""));
    }

    private static List<LabelPair> read(ReportLabeller labeller, List<TextPair> pairs) {
        List<LabelledText> references =
                labeller.label(pairs.stream().map(TextPair::reference).toList());
        List<LabelledText> predictions =
                labeller.label(pairs.stream().map(TextPair::prediction).toList());
        return IntStream.range(0, pairs.size())
                .mapToObj(i -> new LabelPair(references.get(i), predictions.get(i)))
                .toList();
    }

    /** Scores the predictions against references of other studies of this block, in one random circle of studies. */
    void addBaseline(Group whole, Map<Region, Group> regions, List<Result> results) {
        List<TextPair> wholePairs = texts.stream().map(StudyTexts::whole).toList();
        List<Optional<LabelPair>> wholeLabels =
                results.stream().map(Result::labels).toList();
        addBaseline(whole, scorers.whole(), wholePairs, wholeLabels);
        regions.forEach((region, group) -> {
            List<Integer> studies = IntStream.range(0, texts.size())
                    .filter(i -> texts.get(i).regions().containsKey(region))
                    .boxed()
                    .toList();
            addBaseline(
                    group,
                    scorer(region),
                    studies.stream().map(i -> pair(new Place(i, region))).toList(),
                    studies.stream()
                            .map(i -> Optional.ofNullable(
                                    results.get(i).regionLabels().get(region)))
                            .toList());
        });
    }

    private void addBaseline(
            Group group, PairScorer scorer, List<TextPair> pairs, List<Optional<LabelPair>> labelPairs) {
        if (pairs.size() < 2) {
            return;
        }
        int[] others = circle(pairs.size());
        List<PairScorer.Scores> scores = IntStream.range(0, pairs.size())
                .parallel()
                .mapToObj(i -> score(scorer, pairs.get(i).withPredictionOf(pairs.get(others[i]))))
                .toList();
        scores.forEach(group.baseline()::add);
        for (int i = 0; i < others.length; i++) {
            Optional<LabelPair> other = labelPairs.get(others[i]);
            labelPairs
                    .get(i)
                    .ifPresent(own -> other.ifPresent(o -> group.baseline().add(own, o)));
        }
    }

    /** A random permutation that is one cycle, so that nobody keeps his place (S. Sattolo, 1986). */
    private int[] circle(int size) {
        var random = Seeds.generator(seed, number);
        int[] places = IntStream.range(0, size).toArray();
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i);
            int kept = places[i];
            places[i] = places[j];
            places[j] = kept;
        }
        return places;
    }
}

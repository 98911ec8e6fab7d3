package org.reg2rg.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.reg2rg.ct.Region;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.StudyEncoder;
import org.reg2rg.model.VisualTokens;
import org.reg2rg.tensor.Scope;

/**
 * What a model in published training makes of studies that it never learned from: the loss of the true answers, and from its
 * own answers which region it took each slot for, and text scores. Slots come in an order that is the same each time.
 */
final class ReferringValidation {
    /** As published. */
    private static final int SAMPLES = 8;

    private final LoadedModel model;
    private final RegionReportAlignment alignment;
    private final StudySource held;
    private final int most;
    private final TextJudge judge;
    private final Draws draws = new Draws(0);

    /** @param most how many studies are asked about, evenly spread */
    ReferringValidation(ReferringStage stage, StudySource held, int most, TextJudge judge) {
        this.model = stage.model();
        this.alignment = stage.alignment();
        this.held = held;
        this.most = most;
        this.judge = judge;
    }

    /** A study that was asked about. */
    private record Asked(StudySource.Study study, ReferringExample example, double loss, String answer) {
        String truth(Region region) {
            return study.texts().stream()
                    .filter(text -> text.region() == region)
                    .map(RegionText::text)
                    .findFirst()
                    .orElse("");
        }

        TextJudge.Pair pair() {
            List<Region> slots = example.slots();
            var truth = new StringBuilder();
            for (int slot = 0; slot < slots.size(); slot++) {
                truth.append(RegionReportAlignment.sentence(slot, slots.get(slot), truth(slots.get(slot))));
            }
            return new TextJudge.Pair(truth.toString(), answer);
        }
    }

    /** Asks the model as it is now; studies that cannot be read are passed over. */
    Validation now() throws IOException {
        var all = new ArrayList<Asked>();
        int studies = Math.min(most, held.size());
        for (int i = 0; i < studies; i++) {
            int index = (int) ((long) i * held.size() / studies);
            Optional<StudySource.Study> study = held.study(index);
            if (study.isPresent()) {
                all.add(ask(study.get(), index));
            }
        }
        return all.isEmpty() ? new Validation(0, Map.of(), List.of(), List.of()) : look(all);
    }

    private Asked ask(StudySource.Study study, int index) {
        ReferringExample example = alignment.draw(study.texts(), draws.of("held-out slots", index));
        return Scope.inference(() -> {
            VisualTokens visual =
                    new StudyEncoder(model.model()).encode(study.volumes().inSlots(example.slots()), _ -> {});
            double loss = ReferringLoss.of(model.model(), ReferringBatch.of(List.of(example)), List.of(visual))
                    .item_double();
            return new Asked(
                    study, example, loss, SlotText.answer(model, example.slots().size(), visual));
        });
    }

    private Validation look(List<Asked> all) {
        int regions = Region.values().length;
        int[][] taken = new int[regions][regions];
        int[] asked = new int[regions];
        var samples = new ArrayList<Validation.Sample>();
        for (Asked one : all) {
            Map<Integer, SlotText> said = SlotText.of(one.answer);
            List<Region> slots = one.example.slots();
            for (int slot = 0; slot < slots.size(); slot++) {
                Region region = slots.get(slot);
                asked[region.ordinal()]++;
                SlotText here = Objects.requireNonNullElse(said.get(slot), SlotText.NOTHING);
                here.region().ifPresent(named -> taken[region.ordinal()][named.ordinal()]++);
                if (slot == 0 && samples.size() < SAMPLES) {
                    samples.add(new Validation.Sample(
                            one.study.name(), region.datasetName(), one.truth(region), here.text()));
                }
            }
        }
        var scores = WrittenTexts.recognition(taken, asked);
        scores.put("loss", all.stream().mapToDouble(Asked::loss).average().orElseThrow());
        scores.putAll(judge.scores(all.stream().map(Asked::pair).toList()));
        return new Validation(all.size(), scores, WrittenTexts.table(taken), samples);
    }
}

package org.reg2rg.evaluate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.ct.Region;
import org.reg2rg.evaluate.read.ReportRow;
import org.reg2rg.evaluate.region.RegionText;

/**
 * The texts of one study: whole as they are scored, whole without prefixes as labellers read them, and the regions that
 * have words on both sides, as the published script keeps them.
 */
record StudyTexts(ReportRow row, TextPair whole, TextPair plain, Map<Region, TextPair> regions) {
    static StudyTexts of(ReportRow row, boolean strip) {
        var raw = new TextPair(row.reference(), row.prediction());
        var plain = new TextPair(plain(row.reference()), plain(row.prediction()));
        Map<Region, String> references = RegionText.parse(row.reference());
        Map<Region, String> predictions = RegionText.parse(row.prediction());
        var regions = new EnumMap<Region, TextPair>(Region.class);
        references.forEach((region, reference) -> {
            String prediction = predictions.get(region);
            if (prediction != null) {
                regions.put(region, new TextPair(reference, prediction));
            }
        });
        return new StudyTexts(row, strip ? plain : raw, plain, regions);
    }

    private static String plain(String text) {
        return RegionText.withoutPrefixes(text);
    }

    /** What is odd about this study. */
    Optional<String> note() {
        if (whole.reference().isBlank() && whole.prediction().isBlank()) {
            return Optional.of("both texts empty");
        }
        if (whole.reference().isBlank()) {
            return Optional.of("empty reference");
        }
        return whole.prediction().isBlank() ? Optional.of("empty prediction") : Optional.empty();
    }
}

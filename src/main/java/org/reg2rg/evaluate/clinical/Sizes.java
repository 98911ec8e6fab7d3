package org.reg2rg.evaluate.clinical;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measurements in a text: "5 mm", "1.2 cm", "12x9 mm", "3mm x 2mm"; each as its largest diameter in millimetres. */
public final class Sizes {
    private static final String NUMBER = "(\\d{1,4}(?:[.,]\\d{1,2})?)";
    private static final Pattern MEASURE =
            Pattern.compile(NUMBER + "\\s*(mm|cm)?((?:\\s*[x×*]\\s*\\d{1,4}(?:[.,]\\d{1,2})?\\s*(?:mm|cm)?){0,2})");
    private static final Pattern FACTOR = Pattern.compile(NUMBER);
    private static final double MM_PER_CM = 10;

    /** Two sizes agree within this many millimetres … */
    public static final double ABSOLUTE_MM = 1;

    /** … or within this share of the reference. */
    public static final double RELATIVE = 0.2;

    private Sizes() {}

    /** The largest diameters of all measurements with a unit, in mm, in the order of the text. */
    public static List<Double> inMillimetres(String text) {
        var sizes = new ArrayList<Double>();
        Matcher measure = MEASURE.matcher(text);
        while (measure.find()) {
            String whole = measure.group();
            if (!whole.contains("mm") && !whole.contains("cm")) {
                continue;
            }
            double largest = 0;
            Matcher factor = FACTOR.matcher(whole);
            while (factor.find()) {
                largest = Math.max(largest, Double.parseDouble(factor.group().replace(',', '.')));
            }
            sizes.add(whole.contains("cm") ? largest * MM_PER_CM : largest);
        }
        return List.copyOf(sizes);
    }

    /** Whether a stated size agrees with the reference: within 1 mm or 20 %. */
    public static boolean agree(double reference, double stated) {
        return Math.abs(reference - stated) <= Math.max(ABSOLUTE_MM, RELATIVE * reference);
    }

    /** How many reference sizes find a stated size of their own that agrees, the nearest first. */
    public static int matches(List<Double> references, List<Double> stated) {
        var free = new ArrayList<>(stated);
        int matches = 0;
        for (double reference : references) {
            int best = -1;
            for (int i = 0; i < free.size(); i++) {
                boolean nearer = best < 0 || Math.abs(free.get(i) - reference) < Math.abs(free.get(best) - reference);
                best = agree(reference, free.get(i)) && nearer ? i : best;
            }
            if (best >= 0) {
                free.remove(best);
                matches++;
            }
        }
        return matches;
    }
}

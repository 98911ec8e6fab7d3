package org.reg2rg.evaluate.region;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reg2rg.ct.Region;
import org.reg2rg.evaluate.text.PythonText;

/**
 * Texts that name their regions: "The region 0 is lung: … The region 1 is heart: …", read with the rules of the
 * published scripts {@code rm_region_text.py} and {@code parse_report_to_region.py}.
 */
public final class RegionText {
    private static final Pattern MARKER = Pattern.compile("The region \\d+ is ");
    private static final Pattern PREFIX = Pattern.compile("The region \\d+ is [^:]+: ");
    private static final Pattern OTHER_REPORT = Pattern.compile("The other report is:? ?");
    private static final Pattern BRACES = Pattern.compile("\\{[^{}:]*: ?([^{}]*)\\}?");

    private RegionText() {}

    /** Whether there is at least one region prefix in the text. */
    public static boolean hasPrefix(String text) {
        return PREFIX.matcher(text).find();
    }

    /**
     * The text without its region prefixes, white space collapsed. Of the CTRG data the closing part "The other report
     * is: {mediastinum: …}{other: }" keeps the words in the braces; where they are empty the blank before them stays, as
     * in the released files.
     */
    public static String withoutPrefixes(String text) {
        String plain = PythonText.collapseSpaces(PREFIX.matcher(text).replaceAll(""));
        Matcher other = OTHER_REPORT.matcher(plain);
        if (!other.find()) {
            return plain;
        }
        String tail = BRACES.matcher(plain.substring(other.end())).replaceAll("$1 ");
        return plain.substring(0, other.start()) + PythonText.collapseSpaces(tail);
    }

    /**
     * What the text says of each region: everything behind "The region n is NAME:" up to the next such marker or the
     * end. Parts of a region that is named twice are joined by a blank; a region without words is not in the map.
     */
    public static Map<Region, String> parse(String text) {
        var parts = new EnumMap<Region, String>(Region.class);
        Matcher marker = MARKER.matcher(text);
        boolean found = marker.find();
        while (found) {
            int nameStart = marker.end();
            found = marker.find();
            int end = found ? marker.start() : text.length();
            for (Region region : Region.values()) {
                String name = region.datasetName() + ":";
                if (text.startsWith(name, nameStart) && nameStart + name.length() <= end) {
                    String words = PythonText.strip(text.substring(nameStart + name.length(), end));
                    parts.merge(region, words, (before, more) -> PythonText.strip(before + " " + more));
                }
            }
        }
        parts.values().removeIf(String::isEmpty);
        return Collections.unmodifiableMap(parts);
    }
}

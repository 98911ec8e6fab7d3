package org.reg2rg.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reg2rg.ct.Region;

/**
 * Takes the model's answer apart: "The region i is X: …" (Reg2RG, region-report alignment), and for CTRG the closing
 * "The other report is: {mediastinum: …}{other: …}". It keeps whatever it finds, in order: a slot may come twice, may be
 * missing, may carry a name that is no region, and the last one may be cut off.
 */
public final class AnswerParser {
    private static final int LONGEST_NAME = 60;
    private static final Pattern HEADER =
            Pattern.compile("[Tt]he region (\\d{1,4}) is\\s+([^:.\\n]{1," + LONGEST_NAME + "}):");
    private static final Pattern OTHER = Pattern.compile("[Tt]he other report is\\s*:");
    private static final Pattern BRACED = Pattern.compile("\\{\\s*([^:{}]{1," + LONGEST_NAME + "}):([^{}]*)(?:}|$)");
    /** A header that the token limit cut off before its colon. */
    private static final Pattern UNFINISHED_HEADER =
            Pattern.compile("The (?:r|re|reg|regi|regio|region(?: \\d*(?: (?:i|is(?: [^:.]{0,60})?)?)?)?)$");

    private AnswerParser() {}

    /**
     * One stretch of the answer.
     *
     * @param heading whose text this is
     * @param headingStart first char of the heading in the answer
     * @param start first char of its text
     * @param end char after its text
     */
    public record Part(Heading heading, int headingStart, int start, int end) {}

    /** Whose text a part is. */
    public sealed interface Heading {
        /** "The region {@code slot} is {@code name}:"; the name is a region, or what the model wrote instead. */
        record Slot(int slot, String name, Optional<Region> recognised) implements Heading {}

        /** A section that belongs to no region slot: text before the first header, or CTRG's "other report". */
        record Loose(String title) implements Heading {}
    }

    /** The parts of an answer, in the order of the text; parts without any text are there too. */
    public static List<Part> parse(String answer) {
        var parts = new ArrayList<Part>();
        Matcher other = OTHER.matcher(answer);
        int regionsEnd = other.find() ? other.start() : answer.length();
        Matcher header = HEADER.matcher(answer).region(0, regionsEnd);
        Heading open = new Heading.Loose("before the first region");
        int heading = 0;
        int start = 0;
        while (header.find()) {
            close(parts, answer, new Part(open, heading, start, header.start()));
            String name = header.group(2).strip();
            open = new Heading.Slot(Integer.parseInt(header.group(1)), name, recognise(name));
            heading = header.start();
            start = header.end();
        }
        close(parts, answer, new Part(open, heading, start, unfinishedHeader(answer, start, regionsEnd)));
        if (regionsEnd < answer.length()) {
            parseOther(parts, answer, other.end());
        }
        return parts;
    }

    /** The region of this name as models write it; "trachea and bronchi" is taken for the data set's spelling. */
    static Optional<Region> recognise(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return wanted.equals("trachea and bronchi") ? Optional.of(Region.TRACHEA_AND_BRONCHI) : Region.find(wanted);
    }

    private static void close(List<Part> parts, String answer, Part part) {
        boolean blank = answer.substring(part.start(), part.end()).isBlank();
        switch (part.heading()) {
            case Heading.Loose _ when blank -> {}
            case Heading.Loose _, Heading.Slot _ -> parts.add(part);
        }
    }

    private static int unfinishedHeader(String answer, int start, int end) {
        Matcher unfinished = UNFINISHED_HEADER.matcher(answer).region(start, end);
        return unfinished.find() ? unfinished.start() : end;
    }

    private static void parseOther(List<Part> parts, String answer, int start) {
        Matcher braced = BRACED.matcher(answer).region(start, answer.length());
        var untitled = new Heading.Loose("other report");
        int from = start;
        while (braced.find()) {
            close(parts, answer, new Part(untitled, from, from, braced.start()));
            var titled = new Heading.Loose("other report: " + braced.group(1).strip());
            close(parts, answer, new Part(titled, braced.start(), braced.start(2), braced.end(2)));
            from = braced.end();
        }
        close(parts, answer, new Part(untitled, from, from, answer.length()));
    }
}

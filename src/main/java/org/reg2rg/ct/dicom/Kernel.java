package org.reg2rg.ct.dicom;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a reconstruction kernel is made for, told from the names that the makers give. */
enum Kernel {
    SOFT,
    UNKNOWN,
    SHARP;

    private static final Pattern SIEMENS = Pattern.compile("^[A-Z][A-Z]?(\\d{2})[A-Z]?\\b.*");
    private static final Pattern CANON = Pattern.compile("^FC(\\d{2}).*");
    private static final int SIEMENS_SHARP_FROM = 50;
    private static final List<String> SHARP_WORDS = List.of("LUNG", "BONE", "EDGE", "SHARP", "DETAIL", "ULTRA");
    private static final List<String> SOFT_WORDS = List.of("STANDARD", "SOFT", "SMOOTH", "BODY", "MEDIASTIN", "STND");

    static Kernel of(String kernel, String description) {
        Kernel named = named(kernel.toUpperCase(Locale.ROOT).strip());
        return named != UNKNOWN ? named : words(description.toUpperCase(Locale.ROOT));
    }

    private static Kernel named(String name) {
        Matcher canon = CANON.matcher(name);
        if (canon.matches()) {
            int number = Integer.parseInt(canon.group(1));
            return number >= 1 && number <= 19 ? SOFT : number >= 30 ? SHARP : UNKNOWN;
        }
        Matcher siemens = SIEMENS.matcher(name);
        if (siemens.matches()) {
            return Integer.parseInt(siemens.group(1)) < SIEMENS_SHARP_FROM ? SOFT : SHARP;
        }
        return switch (name) {
            case "A", "B", "SA", "SB" -> SOFT; // Philips
            case "D", "E", "L", "YA", "YB", "YC", "YD" -> SHARP;
            default -> words(name);
        };
    }

    private static Kernel words(String text) {
        if (SHARP_WORDS.stream().anyMatch(text::contains)) {
            return SHARP;
        }
        return SOFT_WORDS.stream().anyMatch(text::contains) ? SOFT : UNKNOWN;
    }

    String words() {
        return switch (this) {
            case SOFT -> "soft-tissue kernel";
            case UNKNOWN -> "kernel unknown";
            case SHARP -> "sharp kernel";
        };
    }
}

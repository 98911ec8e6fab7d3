package org.reg2rg.ct.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The character sets of PS3.3 C.12.1.1.2: one without code extensions, or ISO 2022 with escape sequences. A name that
 * is not known is read as Latin-1, so that no file is refused for its letters.
 *
 * @param first what bytes mean before any escape sequence
 * @param escapes whether escape sequences may switch
 */
record DicomCharset(Charset first, boolean escapes) {
    static final DicomCharset ASCII = new DicomCharset(StandardCharsets.ISO_8859_1, false);

    private static final int ESCAPE = 0x1b;

    /** The defined terms, without {@code ISO_IR } or {@code ISO 2022 IR }, and Java's name of each. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("6", "US-ASCII"),
            Map.entry("100", "ISO-8859-1"),
            Map.entry("101", "ISO-8859-2"),
            Map.entry("109", "ISO-8859-3"),
            Map.entry("110", "ISO-8859-4"),
            Map.entry("144", "ISO-8859-5"),
            Map.entry("127", "ISO-8859-6"),
            Map.entry("126", "ISO-8859-7"),
            Map.entry("138", "ISO-8859-8"),
            Map.entry("148", "ISO-8859-9"),
            Map.entry("203", "ISO-8859-15"),
            Map.entry("13", "JIS_X0201"),
            Map.entry("166", "TIS-620"),
            Map.entry("192", "UTF-8"),
            Map.entry("GB18030", "GB18030"),
            Map.entry("GBK", "GBK"));

    /** Escape sequences (without the escape byte) and the set that follows; double-byte sets as Java names them. */
    private static final Map<String, String> SWITCHES = Map.ofEntries(
            Map.entry("(B", "US-ASCII"),
            Map.entry("-A", "ISO-8859-1"),
            Map.entry("-B", "ISO-8859-2"),
            Map.entry("-C", "ISO-8859-3"),
            Map.entry("-D", "ISO-8859-4"),
            Map.entry("-L", "ISO-8859-5"),
            Map.entry("-G", "ISO-8859-6"),
            Map.entry("-F", "ISO-8859-7"),
            Map.entry("-H", "ISO-8859-8"),
            Map.entry("-M", "ISO-8859-9"),
            Map.entry("-b", "ISO-8859-15"),
            Map.entry("-T", "TIS-620"),
            Map.entry(")I", "JIS_X0201"),
            Map.entry("(J", "JIS_X0201"),
            Map.entry("$B", "x-JIS0208"),
            Map.entry("$(D", "JIS_X0212-1990"),
            Map.entry("$)C", "EUC-KR"),
            Map.entry("$)A", "GB2312"));

    /** @param terms the values of Specific Character Set (0008,0005) */
    static DicomCharset of(List<String> terms) {
        String first = terms.isEmpty() ? "" : terms.getFirst();
        boolean escapes = terms.size() > 1 || first.startsWith("ISO 2022");
        String key = first.replace("ISO 2022 IR ", "").replace("ISO_IR ", "").strip();
        return new DicomCharset(charset(NAMES.getOrDefault(key, "ISO-8859-1")), escapes);
    }

    String decode(byte[] bytes) {
        if (!escapes) {
            return new String(bytes, first);
        }
        var text = new StringBuilder();
        Charset current = first;
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != ESCAPE) {
                continue;
            }
            text.append(new String(bytes, start, i - start, current));
            int length = i + 2 < bytes.length && bytes[i + 1] == '$' && bytes[i + 2] != 'B' ? 3 : 2;
            int end = Math.min(bytes.length, i + 1 + length);
            String name = SWITCHES.get(new String(bytes, i + 1, end - i - 1, StandardCharsets.ISO_8859_1));
            current = name == null ? first : charset(name);
            start = end;
            i = end - 1;
        }
        return text.append(new String(bytes, start, bytes.length - start, current))
                .toString();
    }

    private static Charset charset(String name) {
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
    }
}

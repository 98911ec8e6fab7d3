package org.reg2rg.evaluate.clinical;

import java.util.EnumSet;
import java.util.Set;
import org.reg2rg.report.Finding;

/** A set of the 18 findings as bits of an int: bit n is {@code Finding.values()[n]}. */
public final class FindingBits {
    private FindingBits() {}

    public static int of(Set<Finding> findings) {
        int bits = 0;
        for (Finding finding : findings) {
            bits |= 1 << finding.ordinal();
        }
        return bits;
    }

    public static Set<Finding> toSet(int bits) {
        var findings = EnumSet.noneOf(Finding.class);
        for (Finding finding : Finding.values()) {
            if (has(bits, finding)) {
                findings.add(finding);
            }
        }
        return findings;
    }

    public static boolean has(int bits, Finding finding) {
        return (bits >> finding.ordinal() & 1) == 1;
    }
}

package org.reg2rg.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The machine that a figure or a report comes from.
 *
 * @param cpu the processor's own name
 * @param cores processors that this JVM may use
 * @param matrixUnits AMX and bf16 instructions that the processor has: figures differ by factors with them
 * @param os operating system and architecture
 * @param java version of the JVM
 */
public record Machine(String cpu, int cores, Set<String> matrixUnits, String os, String java) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Set<String> UNITS = Set.of("amx_bf16", "amx_int8", "amx_tile", "avx512_bf16");

    public Machine {
        matrixUnits = Set.copyOf(matrixUnits);
    }

    public static Machine current() {
        List<String> info = lines(CPU_INFO);
        return new Machine(
                field(info, "model name"),
                Runtime.getRuntime().availableProcessors(),
                units(field(info, "flags")),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.version().toString());
    }

    /** The most memory that this process has had resident so far, Java and native together; only Linux tells. */
    public static OptionalLong peakResidentBytes() {
        String kilobytes = field(lines(STATUS), "VmHWM").replaceAll("\\D", "");
        return kilobytes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(1024 * Long.parseLong(kilobytes));
    }

    private static Set<String> units(String flags) {
        var found = new TreeSet<>(List.of(flags.split(" ")));
        found.retainAll(UNITS);
        return found;
    }

    private static String field(List<String> info, String name) {
        return info.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return List.of(); // not Linux: unknown
        }
    }

    @Override
    public String toString() {
        String units = matrixUnits.isEmpty() ? "no AMX, no bf16" : String.join(" ", new TreeSet<>(matrixUnits));
        return cpu + " (" + units + "), " + cores + " cores, " + os + ", Java " + java;
    }
}

package org.reg2rg.recipe;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.core.Machine;
import org.reg2rg.core.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures parts of the program on this machine: figures with their spread, never one number alone. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures parts of the program on this machine, with the spread over several runs.",
        footer = {"", "Example:  ./reg2rg benchmark preprocess --size tiny"})
public final class Benchmark implements Callable<Integer> {
    /** What can be measured. */
    public enum Part {
        PREPROCESS,
        VISION,
        PREFILL,
        DECODE,
        TRAIN,
        SEGMENT,
        CHECKS,
        ALL
    }

    @Parameters(
            paramLabel = "PART",
            description = "preprocess, vision, prefill, decode, train, segment, checks or all.")
    @SuppressWarnings("NullAway.Init")
    private Part part;

    @Option(
            names = "--size",
            paramLabel = "tiny|full",
            defaultValue = "TINY",
            description = "tiny takes seconds, full has the real dimensions (default: tiny).")
    @SuppressWarnings("NullAway.Init")
    private BenchmarkPart.Size size;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "5",
            description = "Runs of each measurement; of segment and checks: patients (default: 5).")
    private int repeat;

    @Option(
            names = "--layers",
            paramLabel = "N",
            description = "prefill, decode, train: only N layers of the language model, which need less memory.")
    private @Nullable Integer layers;

    @Option(names = "--ct", paramLabel = "CT", description = "preprocess: your own CT instead of a generated one.")
    private @Nullable Path ct;

    @Option(names = "--masks", paramLabel = "PATH", description = "preprocess: the masks of --ct.")
    private @Nullable Path masks;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON, too.")
    private @Nullable Path json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (repeat < 1) {
            throw new InputException("--repeat", "is " + repeat + ", expected 1 or more", "leave it out for 5 runs");
        }
        PrintWriter out = spec.commandLine().getOut();
        Machine machine = Machine.current();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        out.println(machine + ", load " + load);
        var results = new ArrayList<Measurement>();
        for (BenchmarkPart measured : parts()) {
            for (Measurement result : measured.run(size, repeat)) {
                out.println(result.text());
                out.flush();
                results.add(result);
            }
        }
        if (json != null) {
            Json.write(json, document(machine, load, results));
        }
        return Main.OK;
    }

    private List<BenchmarkPart> parts() {
        return switch (part) {
            case PREPROCESS -> List.of(new PreprocessBenchmark(study()));
            case VISION -> List.of(model(ModelBenchmark.Stage.VISION));
            case PREFILL -> List.of(model(ModelBenchmark.Stage.PREFILL));
            case DECODE -> List.of(model(ModelBenchmark.Stage.DECODE));
            case TRAIN -> List.of(new TrainBenchmark(layers()));
            case SEGMENT -> List.of(new SegmentBenchmark());
            case CHECKS -> List.of(new CheckBenchmark());
            case ALL -> List.of(new PreprocessBenchmark(study()), model(ModelBenchmark.Stage.values()));
        };
    }

    private ModelBenchmark model(ModelBenchmark.Stage... stages) {
        return new ModelBenchmark(List.of(stages), layers());
    }

    private OptionalInt layers() {
        if (layers != null && layers < 1) {
            throw new InputException(
                    "--layers", "is " + layers + ", expected 1 or more", "leave it out for all layers");
        }
        return layers == null ? OptionalInt.empty() : OptionalInt.of(layers);
    }

    private List<Path> study() {
        Path volume = ct;
        Path regions = masks;
        if (volume == null && regions == null) {
            return List.of();
        }
        if (volume == null || regions == null) {
            throw new InputException("--ct and --masks", "only one of them is given", "give both or neither");
        }
        return List.of(volume, regions);
    }

    private Map<String, Object> document(Machine machine, double load, List<Measurement> results) {
        var document = new LinkedHashMap<String, Object>();
        document.put("schema", "reg2rg-benchmark/1");
        document.put("version", Version.CURRENT);
        document.put("machine", machine.toString());
        document.put("threads", Runtime.getRuntime().availableProcessors());
        document.put("load", load);
        document.put("size", size.name().toLowerCase(java.util.Locale.ROOT));
        document.put("results", results.stream().map(Benchmark::entry).toList());
        return document;
    }

    private static Map<String, Object> entry(Measurement result) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("part", result.part());
        entry.put("what", result.what());
        entry.put("unit", result.unit());
        entry.put("median", result.median());
        entry.put("min", result.min());
        entry.put("max", result.max());
        entry.put("runs", result.runs());
        return entry;
    }
}

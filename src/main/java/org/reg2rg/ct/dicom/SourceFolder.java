package org.reg2rg.ct.dicom;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.reg2rg.core.InputException;

/**
 * The files of a study: one file, a folder with all its sub-folders, or a zip. A zip is read in place, and no more of
 * it is unpacked than a zip of images can hold.
 */
final class SourceFolder implements AutoCloseable {
    private static final int MOST_FILES = 500_000;
    private static final int MOST_DEPTH = 64;

    /** CT images shrink to a half or a third; a zip that grows a hundredfold was made to fill memories. */
    private static final long MOST_GROWTH = 200;

    private static final long GROWTH_ALLOWANCE = 64L << 20;

    private final List<ByteSource> sources;
    private final Optional<ZipFile> zip;

    private SourceFolder(List<ByteSource> sources, Optional<ZipFile> zip) {
        this.sources = List.copyOf(sources);
        this.zip = zip;
    }

    /**
     * Lists the files.
     *
     * @throws InputException if there is nothing at this path, or a damaged zip
     */
    static SourceFolder open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new InputException(path.toString(), "no such file or folder", "check the path");
        }
        if (Files.isDirectory(path)) {
            return new SourceFolder(walk(path), Optional.empty());
        }
        return isZip(path) ? openZip(path) : new SourceFolder(List.of(new PathSource(path)), Optional.empty());
    }

    /** In the order of their names, so that the same study reads the same everywhere. */
    List<ByteSource> sources() {
        return sources;
    }

    @Override
    public void close() throws IOException {
        if (zip.isPresent()) {
            zip.get().close();
        }
    }

    private static List<ByteSource> walk(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, java.util.Set.of(), MOST_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() || (attributes.isSymbolicLink() && Files.isRegularFile(file))) {
                    if (files.size() >= MOST_FILES) {
                        throw new InputException(
                                root.toString(), "more than " + MOST_FILES + " files", "give the folder of one study");
                    }
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE; // a sub-folder that may not be read does not spoil the rest
            }
        });
        files.sort(Comparator.comparing(Path::toString));
        List<ByteSource> sources = new ArrayList<>(files.size());
        files.forEach(file -> sources.add(new PathSource(file)));
        return sources;
    }

    static boolean isZip(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] head = in.readNBytes(4);
            return head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
        }
    }

    private static SourceFolder openZip(Path path) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException e) {
            throw new InputException(
                    path.toString(), "the zip is damaged (" + e.getMessage() + ")", "pack or copy it again", e);
        }
        var budget = new AtomicLong(MOST_GROWTH * Files.size(path) + GROWTH_ALLOWANCE);
        List<ByteSource> sources = new ArrayList<>();
        for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
            if (!entry.isDirectory() && sources.size() < MOST_FILES) {
                sources.add(new ZipSource(path, zip, entry, budget));
            }
        }
        sources.sort(Comparator.comparing(ByteSource::name));
        return new SourceFolder(sources, Optional.of(zip));
    }

    private record ZipSource(Path path, ZipFile zip, ZipEntry entry, AtomicLong budget) implements ByteSource {
        @Override
        public String name() {
            return path + "/" + entry.getName();
        }

        @Override
        public InputStream open() throws IOException {
            return new Budgeted(path, new BufferedInputStream(zip.getInputStream(entry)), budget);
        }
    }

    /** Counts what comes out of a zip, all entries together. */
    private static final class Budgeted extends FilterInputStream {
        private final Path path;
        private final AtomicLong budget;

        Budgeted(Path path, InputStream in, AtomicLong budget) {
            super(in);
            this.path = path;
            this.budget = budget;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            spend(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = super.read(into, offset, length);
            spend(Math.max(0, n));
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = super.skip(n);
            spend(skipped);
            return skipped;
        }

        private void spend(long bytes) {
            if (budget.addAndGet(-bytes) < 0) {
                throw new InputException(
                        path.toString(),
                        "the zip unpacks to more than " + MOST_GROWTH + " times its size, which images do not",
                        "unpack it yourself and give the folder");
            }
        }
    }
}

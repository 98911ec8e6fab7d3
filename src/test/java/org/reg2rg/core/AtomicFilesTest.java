package org.reg2rg.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("report.json");
        AtomicFiles.write(file, "old");
        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
                    out.write('n');
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryContaining("glob:**report.json");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aFailedFolderLeavesTheOldFolder() throws IOException {
        Path model = folder.resolve("model");
        AtomicFiles.folder(model, f -> Files.writeString(f.resolve("a"), "1"));
        assertThatThrownBy(() -> AtomicFiles.folder(model, f -> {
                    Files.writeString(f.resolve("b"), "2");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(model.resolve("a")).hasContent("1");
        assertThat(model.resolve("b")).doesNotExist();
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void whatCannotBeWrittenIsToldBeforehand() throws IOException {
        AtomicFiles.requireWritable(folder.resolve("a/b/report.json"));
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThatThrownBy(() -> AtomicFiles.requireWritable(file.resolve("report.json")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file.resolve("report.json") + ": cannot be written");
    }

    @Test
    void aFullDiskIsToldWithTheFile() throws IOException {
        Path file = folder.resolve("report.json");
        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(InputException.class)
                .hasMessage(file + ": the disk is full, and nothing was changed (No space left on device); "
                        + "free some space or write to another place");
        Path model = folder.resolve("model");
        assertThatThrownBy(() -> AtomicFiles.folder(model, f -> {
                    Files.writeString(f.resolve("a"), "1");
                    AtomicFiles.write(f.resolve("model.safetensors"), out -> {
                        throw new IOException("No space left on device");
                    });
                }))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(model + ": the disk is full, and nothing was changed ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFinishedFolderReplacesTheOldOne() throws IOException {
        Path model = folder.resolve("model");
        AtomicFiles.folder(model, f -> Files.writeString(f.resolve("a"), "1"));
        AtomicFiles.folder(model, f -> Files.writeString(f.resolve("b"), "2"));
        assertThat(model.resolve("a")).doesNotExist();
        assertThat(model.resolve("b")).hasContent("2");
    }
}

package org.reg2rg.tensor.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.reg2rg.core.InputException;

/** The door to weight files: {@link #open} looks at the content and picks the reader. */
public final class WeightFiles {
    private static final List<String> FOLDER_NAMES = List.of(
            "model.safetensors.index.json", "model.safetensors", "pytorch_model.bin.index.json", "pytorch_model.bin");
    private static final List<String> ENDINGS =
            List.of(".safetensors", ".bin", ".pth", ".pt", ".ckpt", ".safetensors.index.json", ".bin.index.json");
    private static final int HEAD_BYTES = 16;
    private static final int SAFETENSORS_JSON = 8;
    private static final int PICKLE_PROTOCOL = 0x80;

    /** The layouts that are known by their first bytes. */
    public enum Layout {
        SAFETENSORS("safetensors"),
        TORCH_ZIP("torch zip"),
        TORCH_LEGACY("legacy torch"),
        SHARDED("sharded"),
        UNKNOWN("unknown");

        private final String label;

        Layout(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    private WeightFiles() {}

    /**
     * Opens weights without loading them.
     *
     * @param path a safetensors file, a file of torch.save (zip or the older layout), an index of shards, or a folder
     *     that holds one of these under its usual name
     * @throws InputException when it is none of these, or damaged, or asks for code
     */
    public static WeightSource open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return open(inFolder(path));
        }
        return switch (layout(path)) {
            case SAFETENSORS -> SafetensorsReader.open(path);
            case TORCH_ZIP -> TorchZipReader.open(path);
            case TORCH_LEGACY -> TorchLegacyReader.open(path);
            case SHARDED -> ShardedWeights.open(path);
            case UNKNOWN ->
                throw new InputException(
                        path.toString(),
                        "not a checkpoint (expected safetensors or a file of torch.save, got a file that starts with "
                                + opening(path) + ")",
                        "check what was downloaded");
        };
    }

    /**
     * Whether a file or folder is meant to be weights: by its name, else by its content. What is damaged but has the name
     * of weights counts, so that it is told what is wrong with it.
     */
    public static boolean areMeant(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return FOLDER_NAMES.stream().map(path::resolve).anyMatch(Files::isRegularFile);
        }
        String name = path.getFileName().toString();
        if (ENDINGS.stream().anyMatch(name::endsWith) || !Files.isRegularFile(path) || Files.size(path) == 0) {
            return ENDINGS.stream().anyMatch(name::endsWith);
        }
        return switch (layout(path)) {
            case SAFETENSORS, TORCH_LEGACY, SHARDED -> true;
            case TORCH_ZIP -> holdsPickle(path);
            case UNKNOWN -> false;
        };
    }

    /** A zip may also hold other things, such as DICOM files. */
    private static boolean holdsPickle(Path path) {
        try (var zip = new ZipFile(path.toFile())) {
            return zip.stream().anyMatch(entry -> entry.getName().endsWith("data.pkl"));
        } catch (IOException _) {
            return false; // damaged, and nothing says that it was weights
        }
    }

    /** What a file's first bytes (and, for damaged safetensors and for an index, its name) say it is. */
    public static Layout layout(Path path) throws IOException {
        byte[] head = head(path);
        if (head.length == 0) {
            throw new InputException(path.toString(), "the file is empty", "download or write it again");
        }
        String name = path.getFileName().toString();
        if (name.endsWith(".index.json")) {
            return Layout.SHARDED;
        }
        if (head.length >= 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
            return Layout.TORCH_ZIP;
        }
        if (head.length >= 2 && (head[0] & 0xFF) == PICKLE_PROTOCOL && head[1] >= 2 && head[1] <= 5) {
            return Layout.TORCH_LEGACY;
        }
        return name.endsWith(".safetensors") || startsAsSafetensors(head, Files.size(path))
                ? Layout.SAFETENSORS
                : Layout.UNKNOWN;
    }

    private static boolean startsAsSafetensors(byte[] head, long size) {
        if (head.length <= SAFETENSORS_JSON || head[SAFETENSORS_JSON] != '{') {
            return false;
        }
        long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return length > 0 && length <= size;
    }

    private static Path inFolder(Path folder) {
        return FOLDER_NAMES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new InputException(
                        folder.toString(),
                        "the folder holds no weights (expected one of " + String.join(", ", FOLDER_NAMES) + ")",
                        "check the path, or complete the download"));
    }

    private static byte[] head(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new InputException(path.toString(), "there is no such file", "check the path");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(HEAD_BYTES);
        }
    }

    private static String opening(Path path) throws IOException {
        String text = new String(head(path), StandardCharsets.ISO_8859_1);
        return "'" + text.replaceAll("[^ -~]", "?") + "'";
    }
}

package org.reg2rg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.InputException;

class TorchTest {
    /** Several processes on an empty cache of natives: without the ordered unpacking half of them crash. */
    @Test
    void threeProcessesStartAtOnceOnAnEmptyCache(@TempDir Path cache) throws Exception {
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            children.add(coldStart(cache));
        }
        for (Process child : children) {
            String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor()).as(output).isZero();
            assertThat(output).contains("sum 3.0");
        }
    }

    private static Process coldStart(Path cache) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ColdStart.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void theCpuIsAlwaysThere() {
        assertThat(Torch.device("cpu").is_cpu()).isTrue();
    }

    @Test
    void otherDevicesAreRefusedWithASentence() {
        assertThatThrownBy(() -> Torch.device("tpu"))
                .isInstanceOf(InputException.class)
                .hasMessage("--device tpu: unknown device; use cpu or cuda");
        if (!torch.cuda_is_available()) {
            assertThatThrownBy(() -> Torch.device("cuda"))
                    .isInstanceOf(InputException.class)
                    .hasMessage("--device cuda: no usable GPU: this build has no CUDA natives or the machine has no"
                            + " NVIDIA driver; build with `mvn -Pcuda package` on a machine with a GPU, or use"
                            + " --device cpu");
        }
    }

    @Test
    void anUnknownNumberFormatOffersTheNearest() {
        assertThat(Precision.parse("x", "bfloat16")).isEqualTo(Precision.BFLOAT16);
        assertThatThrownBy(() -> Precision.parse("--dtype", "bfloat"))
                .hasMessage("--dtype: unknown number format 'bfloat'; did you mean 'bfloat16'?");
        assertThatThrownBy(() -> Precision.parse("--dtype", "float16")).hasMessageContaining("use bfloat16 or float32");
    }
}

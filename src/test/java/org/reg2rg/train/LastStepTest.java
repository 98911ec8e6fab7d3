package org.reg2rg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LastStepTest {
    @Test
    void longStepsAreWaitedForAndShortOnesAMinute() {
        var step = new LastStep();
        assertThat(step.patience()).isEqualTo(Duration.ofMinutes(1));
        step.took(Duration.ofSeconds(2));
        assertThat(step.patience()).isEqualTo(Duration.ofMinutes(1));
        step.took(Duration.ofMinutes(7));
        assertThat(step.patience()).isEqualTo(Duration.ofMinutes(14));
    }
}

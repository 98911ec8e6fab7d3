package org.reg2rg.label.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.InputException;
import org.reg2rg.label.split.ChatEndpoint.Patience;
import org.reg2rg.label.split.ChatStub.Reply;

@Timeout(60)
class ModelRegionSplitterTest {
    private static final List<String> REPORT =
            List.of("The trachea is open.", "A nodule (5 mm) is seen.", "No change.", "No change.");
    private static final String GOOD = """
            {"trachea and bronchie": ["The trachea is open."], "lung": ["A nodule (5 mm) is seen.", "No change."],
             "other": ["no change"]}""";
    private static final Patience QUICK = new Patience(3, Duration.ofMillis(1), Duration.ofSeconds(5));

    private final ChatStub stub = new ChatStub();

    @TempDir
    private Path cache = Path.of("");

    @AfterEach
    void stop() {
        stub.close();
    }

    private PlacedReport place(Optional<String> key) {
        return new ModelRegionSplitter(new ChatEndpoint(stub.url(), "tiny", key, QUICK), cache).place(REPORT);
    }

    private PlacedReport place() {
        return place(Optional.empty());
    }

    private static List<String> regions(PlacedReport report) {
        return report.sentences().stream().map(PlacedSentence::regionName).toList();
    }

    @Test
    void theModelPlacesAndTheReportsWordingStays() {
        stub.then(_ -> Reply.content("Here it is:\n```json\n" + GOOD + "\n```"));

        PlacedReport report = place(Optional.of("secret"));

        assertThat(report.by()).isEqualTo("model");
        assertThat(report.sentences()).extracting(PlacedSentence::text).isEqualTo(REPORT);
        assertThat(regions(report)).containsExactly("trachea and bronchie", "lung", "lung", "other");
        assertThat(stub.authorizations()).containsExactly("Bearer secret");
        var request = stub.requests().getFirst();
        assertThat(request.path("model").asString()).isEqualTo("tiny");
        assertThat(request.path("temperature").asDouble()).isZero();
        assertThat(request.path("messages").path(0).path("content").asString())
                .contains("trachea and bronchie")
                .contains("exactly one region");
        assertThat(request.path("messages").path(1).path("content").asString()).contains(REPORT.get(1));
    }

    @Test
    void anAnswerWithNumbersIsTakenToo() {
        stub.then(_ -> Reply.content("{\"regions\": {\"trachea\": [1], \"lung\": [2, 3], \"other\": 4}}"));
        assertThat(regions(place())).containsExactly("trachea and bronchie", "lung", "lung", "other");
    }

    @Test
    void aSecondRunAsksNothing() throws IOException {
        stub.then(_ -> Reply.content(GOOD));
        PlacedReport first = place();
        PlacedReport second = place();

        assertThat(second.by()).isEqualTo("cache");
        assertThat(second.sentences()).isEqualTo(first.sentences());
        assertThat(stub.requests()).hasSize(1);

        try (var files = Files.list(cache)) {
            Files.writeString(files.findFirst().orElseThrow(), "{\"answer\": \"{}\"}");
        }
        stub.then(_ -> Reply.content(GOOD));
        assertThat(place().by()).as("a damaged cache file is not believed").isEqualTo("model");
    }

    @Test
    void lostDoubledAndInventedSentencesGoBackToTheModel() {
        stub.then(
                _ -> Reply.content(
                        "{\"lung\": [\"A nodule (5 mm) is seen.\", \"No change.\", \"No change.\", \"No change.\","
                                + " \"A mass is seen.\"], \"brain\": []}"),
                _ -> Reply.content(GOOD));

        assertThat(place().by()).isEqualTo("model");
        String complaint =
                stub.requests().get(1).path("messages").path(3).path("content").asString();
        assertThat(complaint)
                .contains("placed twice: No change.")
                .contains("not in the report: A mass is seen.")
                .contains("unknown region \"brain\"")
                .contains("missing: The trachea is open.");
    }

    @Test
    void aModelThatStaysWrongLeavesTheReportToTheRules() {
        stub.always(_ -> Reply.content("I would rather not."));

        PlacedReport report = place();

        assertThat(report.by()).isEqualTo("rules");
        assertThat(report.problem()).contains("wrong 3 times").contains("holds no JSON object");
        assertThat(regions(report)).containsExactly("trachea and bronchie", "lung", "lung", "lung");
        assertThat(stub.requests()).hasSize(3);
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void aBusyServerIsAskedAgainButNotForEver() {
        stub.then(_ -> new Reply(429, "slow down"), _ -> new Reply(503, ""), _ -> Reply.content(GOOD));
        assertThat(place().by()).isEqualTo("model");
        assertThat(stub.requests()).hasSize(3);

        stub.always(_ -> new Reply(500, "broken\n  inside"));
        var other =
                new ModelRegionSplitter(new ChatEndpoint(stub.url() + "/", "other", Optional.empty(), QUICK), cache);
        assertThatThrownBy(() -> other.place(REPORT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no answer after 3 attempts (status 500: broken inside)");
        assertThat(stub.requests()).hasSize(6);
    }

    @Test
    void aRefusalIsToldAtOnce() {
        stub.always(_ -> new Reply(401, "{\"error\": \"bad key\"}"));
        assertThatThrownBy(this::place)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the server refused (status 401: {\"error\": \"bad key\"})");
        assertThat(stub.requests()).hasSize(1);

        stub.always(_ -> new Reply(200, "<html>"));
        assertThatThrownBy(this::place).hasMessageContaining("the reply is not JSON");
        stub.always(_ -> new Reply(200, "{}"));
        assertThatThrownBy(this::place).hasMessageContaining("no choices[0].message.content");
    }

    @Test
    void aServerThatIsNotThereAndABadAddressAreTold() {
        stub.close();
        assertThatThrownBy(this::place).hasMessageContaining("no answer after 3 attempts (cannot connect)");
        assertThatThrownBy(() -> new ChatEndpoint("localhost:8000", "m", Optional.empty(), QUICK))
                .hasMessageContaining("not an http or https address");
    }
}

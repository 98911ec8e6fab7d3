package org.reg2rg.label.split;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Any endpoint that speaks the chat-completions protocol of OpenAI. A busy server (429, 5xx) and a broken connection are
 * tried again a bounded number of times, each time after twice the pause, or after the pause that the server asks for.
 */
public final class ChatEndpoint {
    private static final int LARGEST_ANSWER = 4 << 20;
    private static final int SHOWN = 200;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
    private final URI uri;
    private final String model;
    private final Optional<String> key;
    private final Patience patience;

    /**
     * How long to go on.
     *
     * @param attempts requests for one answer, at least 1
     * @param firstPause wait after the first failure
     * @param timeout for one request
     */
    public record Patience(int attempts, Duration firstPause, Duration timeout) {
        public static final Patience USUAL = new Patience(5, Duration.ofSeconds(1), Duration.ofSeconds(180));
    }

    /** One message of a conversation; the role is "system", "user" or "assistant". */
    public record Message(String role, String content) {}

    /**
     * @param url base address ("http://localhost:8000/v1") or the whole address that ends with "/chat/completions"
     * @param model the model's name as the server knows it
     * @param key bearer token, if the server wants one
     */
    public ChatEndpoint(String url, String model, Optional<String> key, Patience patience) {
        this.uri = address(url);
        this.model = model;
        this.key = key;
        this.patience = patience;
    }

    private static URI address(String url) {
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        try {
            URI uri = URI.create(base.endsWith("/chat/completions") ? base : base + "/chat/completions");
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // told below, together with an address without a host
        }
        throw new InputException("--llm " + url, "not an http or https address", "give it as http://localhost:8000/v1");
    }

    /** What an answer depends on besides the messages. */
    public String identity() {
        return uri + " " + model;
    }

    /**
     * The model's answer to a conversation, at temperature 0.
     *
     * @throws InputException where the server refuses, cannot be reached, or answers something else
     */
    public String ask(List<Message> messages) throws InterruptedException {
        HttpRequest request = request(messages);
        Duration pause = patience.firstPause();
        String failure = "";
        for (int attempt = 1; attempt <= patience.attempts(); attempt++) {
            Reply reply = send(request);
            if (reply.status() == 200) {
                return content(reply.body());
            }
            if (!reply.worthRetry()) {
                throw refused(reply);
            }
            failure = reply.told();
            if (attempt < patience.attempts()) {
                Thread.sleep(shorter(reply.pause().orElse(pause), LONGEST_PAUSE));
                pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            }
        }
        throw new InputException(
                "--llm " + uri,
                "no answer after " + patience.attempts() + " attempts (" + failure + ")",
                "check that the server runs, then start the command again: answers so far are kept");
    }

    private InputException refused(Reply reply) {
        return new InputException(
                "--llm " + uri,
                "the server refused (" + reply.told() + ")",
                "check the address, --llm-model and the key in REG2RG_LLM_KEY");
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private HttpRequest request(List<Message> messages) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("model", model).put("temperature", 0).put("stream", false);
        var list = body.putArray("messages");
        for (Message message : messages) {
            list.addObject().put("role", message.role()).put("content", message.content());
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
                .timeout(patience.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8));
        key.ifPresent(token -> builder.header("Authorization", "Bearer " + token));
        return builder.build();
    }

    private record Reply(int status, String body, Optional<Duration> pause) {
        boolean worthRetry() {
            return status < 0 || status == 408 || status == 409 || status == 429 || status >= 500;
        }

        String told() {
            String text = body.strip().replaceAll("\\s+", " ");
            String start = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
            return (status < 0 ? "" : "status " + status + (start.isEmpty() ? "" : ": ")) + start;
        }
    }

    private Reply send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            Optional<Duration> wait = response.headers()
                    .firstValue("Retry-After")
                    .filter(value -> value.matches("\\d{1,4}"))
                    .map(value -> Duration.ofSeconds(Long.parseLong(value)));
            try (InputStream in = response.body()) {
                return new Reply(
                        response.statusCode(), new String(in.readNBytes(LARGEST_ANSWER), StandardCharsets.UTF_8), wait);
            }
        } catch (ConnectException e) {
            return new Reply(-1, "cannot connect", Optional.empty());
        } catch (IOException e) {
            return new Reply(-1, String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private String content(String body) {
        var problems = new ArrayList<String>();
        try {
            JsonNode content = Json.MAPPER
                    .readTree(body)
                    .path("choices")
                    .path(0)
                    .path("message")
                    .path("content");
            if (content.isString()) {
                return content.stringValue();
            }
            problems.add("the reply has no choices[0].message.content");
        } catch (JacksonException e) {
            problems.add("the reply is not JSON");
        }
        throw new InputException(
                "--llm " + uri, problems.getFirst(), "give the address of an OpenAI-compatible chat endpoint");
    }
}

package org.reg2rg.label.split;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.reg2rg.core.Json;
import tools.jackson.databind.JsonNode;

/** A chat endpoint on the loopback address that answers what a test tells it to, and remembers what it was asked. */
public final class ChatStub implements AutoCloseable {
    private final HttpServer server;
    private final List<JsonNode> requests = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private final Queue<Function<JsonNode, Reply>> script = new ArrayDeque<>();
    private Function<JsonNode, Reply> always = _ -> new Reply(500, "no script");

    /** What goes back: a status and a body. */
    public record Reply(int status, String body) {
        /** A well-formed completion with this content. */
        public static Reply content(String content) {
            var root = Json.MAPPER.createObjectNode();
            root.putArray("choices")
                    .addObject()
                    .putObject("message")
                    .put("role", "assistant")
                    .put("content", content);
            return new Reply(200, root.toString());
        }
    }

    public ChatStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The next answers, each given once, in this order. */
    @SafeVarargs
    public final ChatStub then(Function<JsonNode, Reply>... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    /** The answer to every request that the script has none for. */
    public ChatStub always(Function<JsonNode, Reply> reply) {
        always = reply;
        return this;
    }

    public List<JsonNode> requests() {
        return requests;
    }

    public List<String> authorizations() {
        return authorizations;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        JsonNode request = Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
        requests.add(request);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Function<JsonNode, Reply> next = script.isEmpty() ? always : script.remove();
        Reply reply = next.apply(request);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

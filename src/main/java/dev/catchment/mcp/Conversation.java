package dev.catchment.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The two streams of a client, one JSON-RPC message a line. A line is read when the question before is answered and its answer
 * written, so the end of the input comes after the last answer; a line that is no message is answered with what is wrong.
 *
 * <p>The transport of the SDK (0.14.1) is not used: it stops reading for good at the first line it cannot parse, drops what is
 * queued when the input ends, and loses an answer given while another thread still hands its own to the queue.
 */
final class Conversation implements McpServerTransportProvider, McpServerTransport {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** In bytes; the arguments of a tool take some hundred. */
    private static final int LONGEST = 1 << 20;

    private static final String VERSION = McpSchema.JSONRPC_VERSION;
    private static final String ID = "id";
    private static final String METHOD = "method";

    private final InputStream in;
    private final OutputStream out;
    private final McpJsonMapper mapper;
    private final CountDownLatch ended = new CountDownLatch(1);
    private McpServerSession session;
    private boolean isOpen;

    /** What is not taken, by the code that JSON-RPC has for it. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final int code;

        Refused(int code, String why) {
            super(why);
            this.code = code;
        }
    }

    Conversation(InputStream in, OutputStream out, McpJsonMapper mapper) {
        this.in = new BufferedInputStream(in);
        this.out = out;
        this.mapper = mapper;
    }

    /** Answers until the input ends, or {@link #end}. */
    void hold() throws InterruptedException {
        // A read of standard input cannot be interrupted: the process must be able to end without it.
        Thread reader = new Thread(this::converse, "mcp");
        reader.setDaemon(true);
        reader.start();
        ended.await();
    }

    /** Ends it before the client does. */
    void end() {
        ended.countDown();
    }

    private void converse() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            while (next(line)) {
                take(line);
            }
        } catch (IOException e) {
            LOG.error("The conversation has broken off: {}", e.getMessage());
        } finally {
            end();
        }
    }

    /** The next line, and no more of it than shows that it is too long. @return false at the end of the input */
    private boolean next(ByteArrayOutputStream line) throws IOException {
        line.reset();
        int read = in.read();
        boolean isThere = read >= 0;
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (line.size() <= LONGEST) {
                line.write(read);
            }
        }
        return isThere;
    }

    private void take(ByteArrayOutputStream line) throws IOException {
        JsonNode message = JSON.nullNode();
        try {
            if (line.size() > LONGEST) {
                throw new Refused(
                        ErrorCodes.INVALID_REQUEST, "The message is longer than %,d bytes.".formatted(LONGEST));
            }
            String text = line.toString(StandardCharsets.UTF_8);
            if (!text.isBlank()) {
                message = JSON.readTree(text);
                handle(checked(message), text);
            }
        } catch (JsonProcessingException e) {
            refuse(message, ErrorCodes.PARSE_ERROR, "The line is no JSON: " + e.getOriginalMessage());
        } catch (Refused e) {
            refuse(message, e.code, e.getMessage());
        } catch (IllegalArgumentException e) {
            refuse(message, ErrorCodes.INVALID_REQUEST, "The message is no JSON-RPC request.");
        }
    }

    private static JsonNode checked(JsonNode message) throws Refused {
        JsonNode id = message.path(ID);
        require(message.isObject(), "A message is one JSON object.");
        require(VERSION.equals(message.path("jsonrpc").asText()), "jsonrpc must be \"2.0\".");
        require(id.isMissingNode() || id.isTextual() || id.isIntegralNumber(), "id must be a string or a number.");
        boolean isAnswer = !id.isMissingNode() && (message.has("result") || message.has("error"));
        require(isAnswer || message.path(METHOD).isTextual(), "method must be a string.");
        JsonNode parameters = message.path("params");
        if (!parameters.isMissingNode() && !parameters.isObject()) {
            throw new Refused(ErrorCodes.INVALID_PARAMS, "params must be an object.");
        }
        return message;
    }

    private static void require(boolean holds, String otherwise) throws Refused {
        if (!holds) {
            throw new Refused(ErrorCodes.INVALID_REQUEST, otherwise);
        }
    }

    private void handle(JsonNode message, String text) throws IOException, Refused {
        boolean isQuestion = message.has(ID) && message.has(METHOD);
        String method = message.path(METHOD).asText();
        if (isQuestion && McpSchema.METHOD_PING.equals(method)) {
            ObjectNode answer = answer(message);
            answer.putObject("result");
            write(answer.toString());
            return;
        }
        // The SDK would wait for the notification that opens the session, which may never come.
        require(
                !isQuestion || isOpen || McpSchema.METHOD_INITIALIZE.equals(method),
                "Send initialize and then notifications/initialized before anything else.");
        Mono<Void> handled = session.handle(McpSchema.deserializeJsonRpcMessage(mapper, text));
        if (isQuestion) {
            await(handled, method);
        } else {
            isOpen |= McpSchema.METHOD_NOTIFICATION_INITIALIZED.equals(method);
            // What it makes the SDK ask the client is answered on a later line.
            handled.subscribe(none -> {}, failure -> LOG.warn("{} failed: {}", method, failure.getMessage()));
        }
    }

    /** A question that fails is answered all the same, whatever made it fail. */
    private static void await(Mono<Void> handled, String method) throws Refused {
        try {
            handled.block();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error("{} failed", method, e);
            throw new Refused(
                    ErrorCodes.INTERNAL_ERROR,
                    "The question failed: %s.".formatted(e.getClass().getSimpleName()));
        }
    }

    private static ObjectNode answer(JsonNode question) {
        JsonNode id = question.path(ID);
        ObjectNode answer = JSON.createObjectNode().put("jsonrpc", VERSION);
        return answer.set(ID, id.isTextual() || id.isIntegralNumber() ? id : JSON.nullNode());
    }

    private void refuse(JsonNode question, int code, String why) throws IOException {
        ObjectNode answer = answer(question);
        answer.putObject("error").put("code", code).put("message", why);
        write(answer.toString());
    }

    /** One at a time: notifications come from other threads. */
    private synchronized void write(String message) throws IOException {
        out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
        return Mono.fromCallable(() -> {
            write(mapper.writeValueAsString(message));
            return null;
        });
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        session = factory.create(this);
    }

    @Override
    public Mono<Void> notifyClients(String method, Object parameters) {
        return session.sendNotification(method, parameters);
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return mapper.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::end);
    }

    @Override
    public void close() {
        end();
    }

    @Override
    public List<String> protocolVersions() {
        return List.of(ProtocolVersions.MCP_2024_11_05);
    }
}

package dev.catchment.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.FailureText;
import dev.catchment.postgres.rows.RowStream;
import io.modelcontextprotocol.json.jackson.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.BiFunction;

/** The Model Context Protocol over standard input and output, as its SDK speaks it, with tools that read. */
public final class StdioServer {
    private static final JacksonMcpJsonMapper JSON = new JacksonMcpJsonMapper(new ObjectMapper());

    private final BiFunction<String, Map<String, Object>, RowStream> routes;
    private final String version;
    private final Conversation conversation;

    /** @param routes asks the route of a name with parameters */
    public StdioServer(
            BiFunction<String, Map<String, Object>, RowStream> routes,
            String version,
            InputStream in,
            OutputStream out) {
        this.routes = routes;
        this.version = version;
        this.conversation = new Conversation(in, out, JSON);
    }

    /** Ends it, at any time and from any thread. */
    public void stop() {
        conversation.end();
    }

    /** Answers until the client closes its end, and all that it asked is answered. */
    public void serve() throws InterruptedException {
        var specification = McpServer.sync(conversation)
                .serverInfo("catchment", version)
                .jsonMapper(JSON)
                // Whoever reads the questions answers them, one after the other.
                .immediateExecution(true)
                // The arguments are checked by the tool, and no tool declares the form of its answer.
                .jsonSchemaValidator(
                        (schema, answer) -> JsonSchemaValidator.ValidationResponse.asValid(String.valueOf(answer)))
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                .instructions(
                        "Datasets of public data portals with their history, first names, policy pages, and the runs"
                                + " that keep them up to date. Everything is read only.");
        for (Tool tool : Tool.all()) {
            specification.toolCall(described(tool), (exchange, request) -> answer(tool, request.arguments()));
        }
        McpSyncServer server = specification.build();
        conversation.hold();
        server.close();
    }

    private static McpSchema.Tool described(Tool tool) {
        return McpSchema.Tool.builder()
                .name(tool.name())
                .description(tool.description())
                .inputSchema(JSON, tool.schema().toString())
                .annotations(new McpSchema.ToolAnnotations(null, true, false, true, false, null))
                .build();
    }

    private McpSchema.CallToolResult answer(Tool tool, Map<String, Object> arguments) {
        try {
            Map<String, Object> parameters = tool.parameters(arguments);
            return said(tool.answer(routes.apply(tool.route(), parameters), parameters), false);
        } catch (IllegalArgumentException e) {
            return said(e.getMessage(), true);
        } catch (RuntimeException e) {
            return said(FailureText.of(e, tool.name()), true);
        }
    }

    private static McpSchema.CallToolResult said(String text, boolean isError) {
        return McpSchema.CallToolResult.builder()
                .addTextContent(text)
                .isError(isError)
                .build();
    }
}

package dev.catchment.web.console;

import dev.catchment.text.Templates;
import dev.catchment.web.gate.Caller;
import dev.catchment.web.gate.WebRequest;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Renders what a route found as a page. */
public final class Pages {
    public void login(Exchange exchange) {
        login(exchange, 200, null);
    }

    public void loginFailed(Exchange exchange) {
        login(exchange, 403, "Name or password is wrong.");
    }

    private static void login(Exchange exchange, int status, String failure) {
        WebRequest request = exchange.getProperty("request", WebRequest.class);
        Map<String, Object> page = new HashMap<>();
        page.put("next", request.value("next"));
        page.put("failure", failure);
        answer(exchange, status, "login", page);
    }

    public void overview(Exchange exchange) {
        answer(exchange, 200, "overview", page(exchange, "Overview"));
    }

    private static Map<String, Object> page(Exchange exchange, String title) {
        Map<String, Object> page = new HashMap<>();
        page.put("frame", new Frame(title, exchange.getProperty("caller", Caller.class)));
        return page;
    }

    private static void answer(Exchange exchange, int status, String template, Map<String, Object> page) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "text/html; charset=utf-8");
        message.setHeader("Cache-Control", "no-store");
        message.setBody(Templates.html("web/" + template + ".jte", page));
    }
}

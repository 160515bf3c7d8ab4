package dev.catchment.policy.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.mail.ClaimedMessage;
import dev.catchment.flow.mail.Letter;
import dev.catchment.flow.mail.MailAddresses;
import java.util.HashMap;
import java.util.Map;

/** What the mails of this room say. */
public final class Letters {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MailAddresses addresses;
    private final SubscriptionLinks links;
    private final int mostOfADiff;
    private String operators;

    /**
     * @param linksUrl public address of the pages to confirm and to end a subscription, blank if there are none
     * @param mostOfADiff characters
     */
    public Letters(MailAddresses addresses, String linksUrl, int mostOfADiff) {
        this.addresses = addresses;
        this.links = new SubscriptionLinks(linksUrl);
        this.mostOfADiff = mostOfADiff;
    }

    /**
     * @param list addresses with commas between, blank for none
     * @throws IllegalArgumentException if one is no address of a mailbox
     */
    public void setOperators(String list) {
        operators = MailAddresses.list("policy.mail.operators", list);
    }

    /** The parameters of {@code policy/open-messages}. */
    public Map<String, Object> opening() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("domain", addresses.domain());
        parameters.put("operators", operators);
        return parameters;
    }

    /** The parameters of {@code policy/describe-message}. */
    public Map<String, Object> describing(ClaimedMessage outgoing) {
        return Map.of("message", outgoing.id(), "most", mostOfADiff);
    }

    /**
     * @param described row of {@code policy/describe-message}; null if there is nothing left to say
     * @return null for the same
     */
    public Letter letter(ClaimedMessage outgoing, Map<String, Object> described) throws JsonProcessingException {
        if (described == null) {
            return null;
        }
        JsonNode content = JSON.readTree(described.get("content").toString());
        return switch (outgoing.kind()) {
            case "alerts" -> AlertLetter.of(content, mostOfADiff, links);
            case "confirmation" ->
                ConfirmationLetter.of(content.path("subscriptions").path(0), links);
            default -> OperatorsLetter.of(content.path("notices"));
        };
    }
}

package dev.catchment.policy.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.policy.page.Rules;
import dev.catchment.text.Cron;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;

/** Reads the metadata of an entry: its rules, and when it is checked if that is not daily or weekly. */
final class MetadataCheck {
    private static final List<String> FIELDS = List.of("rules", "cron", "zone", "origin");
    private static final List<String> RULES = List.of("content", "drop", "ignore", "minimum_share");
    private static final int MOST_RULES = 100;
    private static final String CRON = "a Quartz cron of six or seven fields, seconds first, ? for the day that is not"
            + " meant: what a crontab calls 15 6 * * 1-5 is 0 15 6 ? * MON-FRI here";

    private final SourceFields metadata;
    private final ObjectNode row = JsonNodeFactory.instance.objectNode();

    private MetadataCheck(SourceFields metadata) {
        this.metadata = metadata;
    }

    static ObjectNode metadata(SourceFields metadata, boolean isCustom) {
        MetadataCheck check = new MetadataCheck(metadata);
        metadata.refuseUnknown(FIELDS);
        check.put("cron", metadata.optional("cron", Cron::checked, CRON));
        check.put("zone", metadata.optional("zone", MetadataCheck::zone, "a time zone such as UTC or Europe/Rome"));
        check.put("origin", metadata.optional("origin", SourceCheck::country, SourceCheck.COUNTRY));
        check.schedule(isCustom);
        check.rules(metadata.in("rules"));
        return check.row;
    }

    private void put(String field, String value) {
        if (value != null) {
            row.put(field, value);
        }
    }

    private void schedule(boolean isCustom) {
        if (isCustom && metadata.isAbsent("cron")) {
            metadata.refuse("cron", "", CRON + ", since check_frequency is custom");
        }
        for (String field : List.of("cron", "zone")) {
            if (!isCustom && row.has(field)) {
                metadata.refuse(field, row.get(field).textValue(), "nothing, unless check_frequency is custom");
            }
        }
    }

    private static String zone(String written) {
        if (!ZoneId.getAvailableZoneIds().contains(written)) {
            throw new IllegalArgumentException();
        }
        return written;
    }

    private void rules(SourceFields rules) {
        rules.refuseUnknown(RULES);
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        for (String rule : RULES) {
            if (!rules.isAbsent(rule)) {
                JsonNode value = rules.values().get(rule);
                read.set(rule, rule.equals("minimum_share") ? number(value) : value);
                check(rules, rule, read.get(rule));
            }
        }
        if (!read.isEmpty()) {
            row.set("rules", read);
        }
    }

    private static JsonNode number(JsonNode value) {
        try {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(value.asText()));
        } catch (NumberFormatException e) {
            return value; // its rule says what is wrong with it
        }
    }

    /** Each selector and pattern by itself, so that every one that is wrong is told. */
    private static void check(SourceFields rules, String rule, JsonNode value) {
        if (!(value instanceof ArrayNode list)) {
            one(rules, rule, value, value.isValueNode() ? value.asText() : "(a map)");
        } else if (list.size() > MOST_RULES) {
            rules.refuse(rule, "(a list of %d)".formatted(list.size()), "at most 100");
        } else {
            ArrayNode before = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : list) {
                // Those before it stand for their number alone.
                one(rules, rule, before.deepCopy().add(item), item.asText());
                before.add("a");
            }
        }
    }

    private static void one(SourceFields rules, String rule, JsonNode value, String written) {
        try {
            if (written.chars().anyMatch(Character::isISOControl)) {
                rules.refuse(rule, written, "one line without control characters");
                return;
            }
            ObjectNode metadata = JsonNodeFactory.instance.objectNode();
            metadata.putObject("rules").set(rule, value);
            Rules.of(metadata);
        } catch (PermanentFailure wrong) {
            rules.problems()
                    .add(SourceProblem.told(
                            rules.entry(), rules.place() + rule, written, "metadata." + wrong.getMessage()));
        }
    }
}

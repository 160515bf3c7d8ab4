package dev.catchment.policy.mail;

/**
 * How a reader confirms a subscription or ends it.
 *
 * @param aim such as "To confirm"
 * @param page with its button; null without public pages
 * @param command that the operators run instead
 */
public record SubscriptionStep(String aim, String page, String command) {}

package dev.catchment.policy.mail;

/** What a mail says. @param unsubscribe the page that ends what it was sent for; null if there is none */
record Letter(String subject, MailBody body, String unsubscribe) {}

package dev.catchment.flow.mail;

/** What a mail says: the model of the template of its kind. */
public interface Letter {
    String subject();

    /** The page that ends what the mail was sent for; null if there is none. */
    default String unsubscribe() {
        return null;
    }
}

package dev.catchment.flow.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.util.stream.Stream;

/** Who mails come from, and what an address may be. */
public final class MailAddresses {
    private InternetAddress from;

    /** @throws IllegalArgumentException if it is no address of a mailbox */
    public void setSender(String sender) {
        from = parse("policy.mail.from", sender)[0];
        try {
            from.setPersonal(from.getPersonal(), "UTF-8"); // encodes it
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("Every Java platform has UTF-8.", e);
        }
    }

    /**
     * The addresses of a setting, as a mail names them.
     *
     * @param list with commas between, blank for none
     * @return null for none
     * @throws IllegalArgumentException if one is no address of a mailbox
     */
    public static String list(String setting, String list) {
        return list.isBlank() ? null : InternetAddress.toString(parse(setting, list));
    }

    /** As {@link #list}, one by one: who cannot be reached keeps nothing from the others. */
    public static String[] each(String setting, String list) {
        return list.isBlank()
                ? null
                : Stream.of(parse(setting, list)).map(InternetAddress::toString).toArray(String[]::new);
    }

    private static InternetAddress[] parse(String setting, String list) {
        try {
            return of(list);
        } catch (AddressException e) {
            throw new IllegalArgumentException(
                    "%s=%s is not a mailbox address: %s.".formatted(setting, list, e.getMessage()), e);
        }
    }

    /**
     * @param list of addresses, commas between
     * @throws AddressException also for letters beyond ASCII: the mail client would send the last eight bits of each, and
     *     so the mail to somebody else
     */
    public static InternetAddress[] of(String list) throws AddressException {
        InternetAddress[] addresses = InternetAddress.parse(list, true);
        for (InternetAddress address : addresses) {
            if (!address.getAddress().matches("\\p{ASCII}+")) {
                throw new AddressException("It has non-ASCII characters", address.getAddress());
            }
            address.validate();
        }
        return addresses;
    }

    InternetAddress from() {
        return from;
    }

    /** Of our address: what a Message-ID ends with. */
    public String domain() {
        String address = from.getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }
}

package dev.catchment.flow.mail;

import dev.catchment.errors.FatalFailure;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Properties;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server that takes our mails. What it is asked first, to let us in, fails otherwise than what it says of a mail. */
public final class MailServer extends DefaultJavaMailSender {
    private static final Logger LOG = LoggerFactory.getLogger(MailServer.class);

    private final SmtpLogin login;

    /**
     * @param host blank if there is none
     * @param security none, starttls or tls
     * @param timeout milliseconds, of the connection and of each answer
     */
    public MailServer(String host, int port, String security, long timeout, SmtpLogin login) {
        this.login = login;
        setHost(host.strip());
        setPort(port);
        setProtocol(security.equals("tls") ? "smtps" : "smtp");
        setAuthenticator(login);
        setJavaMailProperties(properties("mail." + getProtocol() + ".", security.equals("starttls"), timeout));
    }

    private Properties properties(String prefix, boolean startTls, long timeout) {
        Properties properties = new Properties();
        for (String wait : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty(prefix + wait, String.valueOf(timeout));
        }
        properties.setProperty(prefix + "starttls.enable", String.valueOf(startTls));
        properties.setProperty(prefix + "starttls.required", String.valueOf(startTls));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "auth", String.valueOf(login.isWanted()));
        // What it says to a farewell is of no matter, and waiting for it would delay the note that it took the mail.
        properties.setProperty(prefix + "quitwait", "false");
        return properties;
    }

    public boolean isThere() {
        return !getHost().isEmpty();
    }

    /**
     * @throws FatalFailure if the server does not let us in: no other mail would fare better
     * @throws MessagingException for what it says of this mail; {@link MailRefusal} tells which is which
     */
    @Override
    public void send(MimeMessage message) throws MessagingException {
        Transport transport = getTransport(getSession());
        try {
            connect(transport);
            message.saveChanges();
            sendToAllThatAre(transport, message);
        } finally {
            close(transport);
        }
    }

    /**
     * One of several operators who is not known any more keeps nothing from the others. Who is refused only for now does: nobody
     * gets it yet, and all of them the next time.
     */
    private static void sendToAllThatAre(Transport transport, MimeMessage message) throws MessagingException {
        Address[] all = message.getAllRecipients();
        try {
            transport.sendMessage(message, all);
        } catch (SendFailedException e) {
            List<Address> others = Refusal.others(e, List.of(all));
            if (others.isEmpty() || others.size() == all.length) {
                throw e;
            }
            LOG.warn(
                    "A message is refused for good for {} of the {} it is for, and sent to the others. {}",
                    all.length - others.size(),
                    all.length,
                    MailFailureText.ofMail(e));
            transport.sendMessage(message, others.toArray(Address[]::new));
        }
    }

    private void connect(Transport transport) {
        PasswordAuthentication known = login.getPasswordAuthentication();
        try {
            transport.connect(getHost(), getPort(), known.getUserName(), known.getPassword());
        } catch (MessagingException e) {
            throw new FatalFailure(MailFailureText.ofConnection(e), e);
        }
    }

    /** Whatever becomes of it: the mail is taken or refused by then. */
    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("The connection to the mail server could not be closed.", e);
        }
    }
}

package dev.catchment.http;

import dev.catchment.errors.PermanentFailure;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps requests for addresses that others gave us away from our own network: loopback, private, link-local with the
 * metadata services of clouds, multicast, reserved. The connection has to be made to an address it returned: a name
 * asked for twice may answer differently.
 */
public final class HostGuard {
    /** How a name becomes all its addresses. */
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private boolean allowsAll;
    private Set<String> allowed = Set.of();

    public HostGuard() {
        this("false", InetAddress::getAllByName);
    }

    HostGuard(String allowed, Resolver resolver) {
        setAllowed(allowed);
        this.resolver = resolver;
    }

    /**
     * @param allowed whose addresses may be private, for tests and for sources within one's own network: {@code false} for
     *     no host, {@code true} for all, or the hosts, with commas between
     */
    public void setAllowed(String allowed) {
        this.allowsAll = allowed.equals("true");
        this.allowed = Set.copyOf(List.of(allowed.toLowerCase(Locale.ROOT).split("[,\\s]+")));
    }

    /**
     * Of the first URL and of every one it redirects to.
     *
     * @return the addresses that may be connected to
     * @throws PermanentFailure if it is no URL of the web, or one of its addresses is not public
     */
    public List<InetAddress> check(URI url) throws UnknownHostException {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.matches("https?") || url.getHost() == null || url.getUserInfo() != null) {
            throw new PermanentFailure("Not a web address, so it is not fetched: " + url);
        }
        return checkHost(url.getHost());
    }

    /** @param host a name, or an address in any spelling */
    public List<InetAddress> checkHost(String host) throws UnknownHostException {
        List<InetAddress> addresses = List.of(resolver.resolve(host));
        boolean isAllowed = mayBePrivate(host);
        for (InetAddress address : addresses) {
            if (!isAllowed && !isPublic(address)) {
                throw new PermanentFailure(
                        "The host %s resolves to %s, which is not a public address, so it is not contacted."
                                .formatted(host, address.getHostAddress()));
            }
        }
        return addresses;
    }

    /** Whether the settings say that it is of one's own network. */
    public boolean mayBePrivate(String host) {
        return allowsAll || allowed.contains(host.toLowerCase(Locale.ROOT));
    }

    static boolean isPublic(InetAddress address) {
        return address instanceof Inet6Address ? isPublic6(address.getAddress()) : isPublic4(address.getAddress(), 0);
    }

    /** All but the IANA IPv4 Special-Purpose Address Registry, multicast and class E. */
    private static boolean isPublic4(byte[] bytes, int offset) {
        int a = bytes[offset] & 0xFF;
        int b = bytes[offset + 1] & 0xFF;
        int c = bytes[offset + 2] & 0xFF;
        return switch (a) {
            case 0, 10, 127 -> false;
            case 100 -> b < 64 || b > 127;
            case 169 -> b != 254;
            case 172 -> b < 16 || b > 31;
            case 192 -> !(b == 168 || b == 0 && (c == 0 || c == 2) || b == 88 && c == 99);
            case 198 -> !(b == 18 || b == 19 || b == 51 && c == 100);
            case 203 -> !(b == 0 && c == 113);
            default -> a < 224;
        };
    }

    /** Global unicast is 2000::/3; what carries an IPv4 address is as public as that (NAT64, RFC 6052; 6to4, RFC 3056). */
    private static boolean isPublic6(byte[] bytes) {
        int first = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        int second = (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
        if (first == 0x64 && second == 0xFF9B) {
            return isWellKnownNat64(bytes) && isPublic4(bytes, 12);
        }
        if (first == 0x2002) {
            return isPublic4(bytes, 2);
        }
        boolean isReserved =
                first == 0x2001 && (second < 0x200 || second == 0xDB8) || first == 0x3FFF && second < 0x1000;
        return first >= 0x2000 && first < 0x4000 && !isReserved;
    }

    private static boolean isWellKnownNat64(byte[] bytes) {
        for (int i = 4; i < 12; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}

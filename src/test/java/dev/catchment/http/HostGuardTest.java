package dev.catchment.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostGuardTest {
    private final HostGuard guard = new HostGuard();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "2002:7f00:1::1",
                "2002:a00:1::",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "3fff::1"
            })
    void an_address_that_is_not_public_is_refused(String address) throws UnknownHostException {
        assertThat(HostGuard.isPublic(InetAddress.getByName(address))).isFalse();
        assertThatThrownBy(() -> guard.checkHost(address))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("not a public address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "192.167.1.1",
                "169.253.1.1",
                "198.17.0.1",
                "198.20.0.1",
                "203.0.114.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "2001:4860:4860::8888",
                "2002:808:808::1",
                "64:ff9b::808:808",
                "::ffff:8.8.8.8"
            })
    void a_public_address_is_allowed(String address) throws UnknownHostException {
        assertThat(guard.checkHost(address)).containsExactly(InetAddress.getByName(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "https://[::1]/",
                "http://[::ffff:169.254.169.254]/",
                "http://2130706433/",
                "http://127.1:8080/",
                "http://localhost/"
            })
    void a_url_is_judged_by_where_it_leads_however_it_is_spelled(URI url) {
        assertThatThrownBy(() -> guard.check(url)).isInstanceOfAny(PermanentFailure.class, UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://8.8.8.8/",
                "gopher://8.8.8.8/",
                "/visas",
                "https:///x",
                "http://a@8.8.8.8/"
            })
    void what_is_no_address_of_the_web_is_refused(URI url) {
        assertThatThrownBy(() -> guard.check(url))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("Not a web address");
    }

    @Test
    void a_name_with_one_private_address_is_refused() throws UnknownHostException {
        InetAddress[] both = {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")};
        assertThatThrownBy(() -> new HostGuard("false", host -> both).checkHost("two.example.gov"))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("two.example.gov resolves to 10.0.0.1");
        assertThat(new HostGuard("true", host -> both).checkHost("any")).containsExactly(both);
    }

    @Test
    void a_host_of_ones_own_network_is_allowed_by_its_name_alone() throws UnknownHostException {
        HostGuard guard = new HostGuard(
                "wiki.example.org, 10.0.0.1", host -> new InetAddress[] {InetAddress.getByName("10.0.0.1")});
        assertThat(guard.check(URI.create("http://Wiki.example.org:8080/"))).hasSize(1);
        assertThat(guard.checkHost("10.0.0.1")).hasSize(1);
        assertThatThrownBy(() -> guard.checkHost("other.example.org")).isInstanceOf(PermanentFailure.class);
    }

    @Test
    void a_name_that_is_not_known_is_told_as_such() {
        HostGuard unknown = new HostGuard("false", host -> {
            throw new UnknownHostException(host);
        });
        assertThatThrownBy(() -> unknown.check(URI.create("https://no.example.gov/")))
                .isInstanceOf(UnknownHostException.class);
    }
}

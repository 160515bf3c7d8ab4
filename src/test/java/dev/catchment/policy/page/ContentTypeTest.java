package dev.catchment.policy.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypeTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "'%PDF-1.7', text/html, PDF",
                "'mail header %PDF-1.4', none, PDF",
                "'<!DOCTYPE html><p>', application/pdf, HTML",
                "'  <HTML>', none, HTML",
                "'<!-- a comment --> <?php', none, HTML",
                "'<?xml version=\"1.0\"?><html xmlns=\"x\">', application/xhtml+xml, HTML",
                "'Only text', text/html; charset=utf-8, HTML",
                "'Only text', text/plain, OTHER",
                "'Only text', none, OTHER",
                "'{\"error\": 1}', application/json, OTHER",
                "'PK\u0003\u0004zip', text/html, OTHER",
                "'', text/html, EMPTY",
                "' \n ', text/html, EMPTY",
            })
    void is_told_by_the_first_bytes_before_the_header(String body, String declared, ContentType type) {
        assertThat(ContentType.of(body.getBytes(StandardCharsets.ISO_8859_1), declared))
                .isEqualTo(type);
    }

    @Test
    void a_page_in_utf_16_is_a_page() {
        assertThat(ContentType.of("<html>".getBytes(StandardCharsets.UTF_16), null))
                .isEqualTo(ContentType.HTML);
    }

    @Test
    void a_page_that_begins_with_a_thousand_blanks_is_asked_for_its_header() {
        byte[] page = (" ".repeat(1_100) + "<html>").getBytes(StandardCharsets.US_ASCII);
        assertThat(ContentType.of(page, "text/html")).isEqualTo(ContentType.HTML);
    }
}

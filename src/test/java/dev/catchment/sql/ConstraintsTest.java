package dev.catchment.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema refuses nonsense: a row that is right, one thing changed in it, and the constraint that says no. */
class ConstraintsTest {
    /** A right row of each table: columns and values as SQL. */
    private static final Map<String, String> RIGHT = Map.ofEntries(
            Map.entry(
                    "ops.runs",
                    "room='catalog', flow='crawl', scope='x', trigger='cli', mode='full', node='n', begun_at=now(),"
                            + " started_at=now(), heartbeat_at=now(), status='succeeded', finished_at=now()"),
            Map.entry("ops.workers", "id='n/1', started_at=now(), heartbeat_at=now(), lease='1 s'"),
            Map.entry(
                    "ops.nodes",
                    "id='n:1/x', name='n:1', rooms='{}', version='1', step=29, started_at=now(), heartbeat_at=now(), lease='1 s'"),
            Map.entry("ops.timers", "name='a/b', fired_for=now(), node='n:1'"),
            Map.entry("ops.handovers", "run_id=1"),
            Map.entry("ops.hosts", "host='a.example', next_request_at=now()"),
            Map.entry(
                    "ops.requests",
                    "run_id=1, sequence=7, requested_at=now(), url='u', status=200, attempts=1, milliseconds=0, bytes=0,"
                            + " records=0"),
            Map.entry(
                    "ops.rejects",
                    "run_id=1, position='page 1', reason='no-id', severity='error', message='m', record='{}',"
                            + " rejected_at=now()"),
            Map.entry("catalog.socrata_hosts", "host='b.example', region='us'"),
            Map.entry("catalog.socrata_domains", "domain='b.example', region='us'"),
            Map.entry("catalog.socrata_agencies", "host='a.example', name='Parks', name_key='parks'"),
            Map.entry(
                    "catalog.socrata_datasets",
                    "region='us', id='aaaa-2222', domain='a.example', host='a.example', name='n',"
                            + " content_hash=repeat('0', 64), raw='{}', first_seen_at=now(), last_changed_at=now()"),
            Map.entry("catalog.dataset_sightings", "region='us', id='aaaa-2222', run_id=1, seen_at=now()"),
            Map.entry(
                    "catalog.versions",
                    "region='us', dataset_id='aaaa-2222', valid_from=now() - interval '1 s', valid_to=now(), run_id=1,"
                            + " cause='changed', changed_fields='{name}', is_noise=false, was_retired=false,"
                            + " content_hash=repeat('0', 64), state='{}'"),
            Map.entry(
                    "ops.messages",
                    "room='ops', kind='incidents', recipient='a@example.org', message_id='m', content='{}'"),
            Map.entry(
                    "ops.incidents",
                    "room='catalog', flow='crawl', scope='x', cause='failed', since=now(), detail='d', opened_at=now()"));

    private static final String CASES = """
            runs_status_known                    | ops.runs | status='lost'
            runs_finished_unless_running         | ops.runs | status='running'
            runs_finished_unless_running         | ops.runs | finished_at=null
            runs_failed_with_an_error            | ops.runs | status='failed'
            runs_partial_with_a_note             | ops.runs | status='partial'
            runs_complete_only_if_succeeded      | ops.runs | status='stopped', is_complete=true
            runs_times_in_order                  | ops.runs | begun_at=now() + interval '1 s'
            runs_times_in_order                  | ops.runs | heartbeat_at=now() - interval '1 s'
            runs_times_in_order                  | ops.runs | finished_at=now() - interval '1 s'
            runs_counts_not_negative             | ops.runs | seen=-1
            runs_counts_not_negative             | ops.runs | bytes=-1
            runs_counts_not_negative             | ops.runs | cursor_sequence=-1
            runs_resumes_fkey                    | ops.runs | resumes=99
            runs_one_running_idx                 | ops.runs | scope='busy', status='running', finished_at=null
            workers_lease_positive               | ops.workers | lease='0 s'
            nodes_lease_positive                 | ops.nodes | lease='0 s'
            nodes_draining_has_a_reason          | ops.nodes | draining_since=now()
            timers_claimed_with_a_work           | ops.timers | claimed_by='h:1/a'
            timers_work_is_a_route               | ops.timers | claimed_by='h:1/a', work='file:/x'
            hosts_lower_case                     | ops.hosts | host='A.example'
            handovers_run_id_fkey                | ops.handovers | run_id=99
            requests_run_fkey                    | ops.requests | run_id=99
            requests_sequence_from_one           | ops.requests | sequence=0
            requests_keys_with_records           | ops.requests | first_key='aaaa-2222'
            requests_counts_not_negative         | ops.requests | attempts=0
            requests_counts_not_negative         | ops.requests | milliseconds=-1
            rejects_run_fkey                     | ops.rejects | run_id=99
            rejects_severity_known               | ops.rejects | severity='hm'
            messages_kind_known                  | ops.messages | room='policy'
            messages_channel_known               | ops.messages | channel='pigeon'
            messages_confirmation_of_a_subscription | ops.messages | kind='confirmation'
            messages_status_known                | ops.messages | status='odd'
            messages_sending_is_claimed          | ops.messages | status='sending'
            messages_sent_at_a_time              | ops.messages | status='sent'
            messages_failed_with_an_error        | ops.messages | status='failed'
            messages_attempts_not_negative       | ops.messages | attempts=-1
            incidents_cause_known                | ops.incidents | cause='odd'
            incidents_closed_after_opened        | ops.incidents | closed_at=now() - interval '1 s'
            incidents_recovery_of_a_closed_one   | ops.incidents | recovery_told_at=now()
            incidents_dismissed_are_closed       | ops.incidents | is_dismissed=true
            socrata_hosts_pkey                   | catalog.socrata_hosts | host='a.example'
            socrata_hosts_lower_case             | catalog.socrata_hosts | host='B.example'
            socrata_hosts_lower_case             | catalog.socrata_hosts | host=''
            socrata_domains_lower_case           | catalog.socrata_domains | domain='B.example'
            socrata_domains_country_is_iso_3166  | catalog.socrata_domains | country='usa'
            socrata_domains_country_is_iso_3166  | catalog.socrata_domains | country=''
            socrata_agencies_host_fkey           | catalog.socrata_agencies | host='nowhere.example'
            socrata_agencies_one_spelling        | catalog.socrata_agencies | name='PARKS!', name_key='park services'
            socrata_agencies_named               | catalog.socrata_agencies | name=''
            socrata_agencies_named               | catalog.socrata_agencies | name_key=''
            socrata_datasets_id_is_4x4           | catalog.socrata_datasets | id='aaaa-1111'
            socrata_datasets_id_is_4x4           | catalog.socrata_datasets | id='AAAA-2222'
            socrata_datasets_hash_is_sha256      | catalog.socrata_datasets | content_hash='0'
            socrata_datasets_retired_with_reason | catalog.socrata_datasets | retired_at=now()
            socrata_datasets_retired_with_reason | catalog.socrata_datasets | retired_reason='gone', retired_run_id=1
            socrata_datasets_changed_after_first_seen | catalog.socrata_datasets | first_seen_at=now() + interval '1 s'
            versions_last_a_while                | catalog.versions | valid_to=now() - interval '1 s'
            versions_cause_is_known              | catalog.versions | cause='lost'
            versions_state_is_an_object          | catalog.versions | state='[]'
            """;

    private static ScratchDatabase scratch;
    private static RightRows rows;

    @BeforeAll
    static void migrate() throws SQLException {
        scratch = ScratchDatabase.withSchema("constraints");
        rows = new RightRows(scratch, RIGHT, Map.of());
        rows.insert("ops.runs", "scope='busy', status='running', finished_at=null");
        rows.insert("catalog.socrata_hosts", "host='a.example'");
        rows.insert("catalog.socrata_agencies", "name='Park Services', name_key='park services'");
    }

    @AfterAll
    static void drop() {
        scratch.close();
    }

    static Stream<String[]> cases() {
        return RightRows.cases(CASES);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refuses_nonsense(String constraint, String table, String change) {
        assertThatThrownBy(() -> rows.insert(table, change)).hasMessageContaining("\"" + constraint + "\"");
    }

    @Test
    void a_right_row_is_taken() throws SQLException {
        rows.insertAll();
    }

    @Test
    void every_check_has_its_case() {
        List<String> checks = rows.constraints("c", "ops,catalog");
        assertThat(checks).hasSizeGreaterThan(10);
        assertThat(cases().map(row -> row[0])).containsAll(checks);
    }
}

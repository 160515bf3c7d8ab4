package dev.catchment.sql;

/** What the schema of the policies refuses. */
final class PolicyNonsense {
    static final String CASES = """
            hosts_robots_with_a_status            | policy.hosts | robots_fetched_at=now()
            sources_name_key                      | policy.sources | name='first'
            sources_url_key                       | policy.sources | url='https://a.example/first'
            sources_fetch_type_known              | policy.sources | fetch_type='doc'
            sources_check_frequency_known         | policy.sources | check_frequency='hourly'
            sources_custom_has_a_cron             | policy.sources | check_frequency='custom'
            sources_country_is_iso                | policy.sources | country='gb'
            sources_url_is_http                   | policy.sources | url='ftp://a.example/'
            sources_url_is_http                   | policy.sources | url='https:///x'
            sources_name_not_blank                | policy.sources | name=' '
            sources_visa_type_not_blank           | policy.sources | visa_type=' '
            sources_visa_type_is_a_line           | policy.sources | visa_type=E'a\\nb'
            sources_metadata_is_an_object         | policy.sources | metadata='[]'
            sources_failures_not_negative         | policy.sources | failures_in_a_row=-1, last_error_code='gone'
            sources_failures_have_an_error        | policy.sources | failures_in_a_row=1
            sources_failures_have_an_error        | policy.sources | last_error_code='gone'
            snapshots_sha256_is_hex               | policy.snapshots | sha256='0'
            snapshots_bytes_are_those_of_the_body | policy.snapshots | bytes=2
            fetches_source_fkey                   | policy.fetches | source_id=$nobody
            fetches_run_fkey                      | policy.fetches | run_id=99
            fetches_snapshot_fkey                 | policy.fetches | snapshot=repeat('9', 64)
            fetches_outcome_known                 | policy.fetches | outcome='odd'
            fetches_failed_with_a_cause           | policy.fetches | outcome='failed'
            fetches_failed_with_a_cause           | policy.fetches | outcome='held', cause='flapping'
            fetches_text_has_a_snapshot           | policy.fetches | outcome='changed', bytes=null
            fetches_counts_not_negative           | policy.fetches | milliseconds=-1
            policy_versions_source_fkey           | policy.policy_versions | source_id=$nobody
            policy_versions_snapshot_fkey         | policy.policy_versions | snapshot=repeat('9', 64)
            policy_versions_one_per_sequence      | policy.policy_versions | sequence=2
            policy_versions_sequence_from_one     | policy.policy_versions | sequence=0
            policy_versions_content_hash_length   | policy.policy_versions | content_hash='a'
            policy_versions_links_hash_length     | policy.policy_versions | links_hash='a'
            policy_versions_chain_hash_length     | policy.policy_versions | chain_hash='a'
            policy_versions_chain_hash_length     | policy.policy_versions | previous_hash='a'
            policy_versions_first_has_no_previous | policy.policy_versions | previous_hash=null
            policy_versions_has_text              | policy.policy_versions | raw_text='', content_length=0
            policy_versions_has_text              | policy.policy_versions | content_length=2
            policy_versions_duration_not_negative | policy.policy_versions | fetch_duration=-1
            candidates_source_fkey                | policy.candidates | source_id=$nobody
            candidates_snapshot_fkey              | policy.candidates | snapshot=repeat('9', 64)
            candidates_hash_length                | policy.candidates | content_hash='a'
            candidates_reason_known               | policy.candidates | reason='odd'
            candidates_confirmed_later            | policy.candidates | confirm_at=now() - interval '1 s'
            candidates_sightings_from_one         | policy.candidates | sightings=0
            policy_changes_source_fkey            | policy.policy_changes | source_id=$nobody
            policy_changes_old_version_fkey       | policy.policy_changes | old_version_id=$nobody
            policy_changes_new_version_fkey       | policy.policy_changes | new_version_id=$nobody
            policy_changes_run_fkey               | policy.policy_changes | run_id=99
            policy_changes_one_per_version        | policy.policy_changes | new_version_id=$second
            policy_changes_hash_lengths           | policy.policy_changes | old_hash='a'
            policy_changes_hashes_differ          | policy.policy_changes | new_hash=$hash
            policy_changes_diff_length            | policy.policy_changes | diff_length=2
            route_subscriptions_token_key         | policy.route_subscriptions | token=(select token from policy.route_subscriptions limit 1)
            route_subscriptions_email_format      | policy.route_subscriptions | email='nobody'
            route_subscriptions_email_format      | policy.route_subscriptions | email='a@example.org, b@example.org'
            route_subscriptions_countries_are_iso | policy.route_subscriptions | origin_country='af'
            route_subscriptions_countries_are_iso | policy.route_subscriptions | destination_country='G'
            route_subscriptions_active_only_if_confirmed | policy.route_subscriptions | is_active=true
            route_subscriptions_ended_is_not_active | policy.route_subscriptions | is_active=true, confirmed_at=now(), ended_at=now()
            route_subscriptions_unique            | policy.route_subscriptions | email='First@example.org'
            route_subscriptions_visa_type_is_a_line | policy.route_subscriptions | visa_type=E'a\\nb'
            addresses_pkey                        | policy.addresses | email='first@example.org'
            addresses_token_key                   | policy.addresses | token=(select token from policy.addresses limit 1)
            addresses_email_is_in_lower_case      | policy.addresses | email='A@example.org'
            messages_message_id_key               | ops.messages    | message_id='first'
            messages_subscription_fkey            | ops.messages    | kind='confirmation', subscription_id=$nobody
            messages_kind_known                   | ops.messages    | kind='odd'
            messages_confirmation_of_a_subscription | ops.messages    | kind='confirmation'
            messages_status_known                 | ops.messages    | status='odd'
            messages_sending_is_claimed           | ops.messages    | status='sending'
            messages_sent_at_a_time               | ops.messages    | status='sent'
            messages_failed_with_an_error         | ops.messages    | status='failed'
            messages_attempts_not_negative        | ops.messages    | attempts=-1
            email_alerts_change_fkey              | policy.email_alerts | change_id=$nobody
            email_alerts_subscription_fkey        | policy.email_alerts | subscription_id=$nobody
            email_alerts_message_fkey             | policy.email_alerts | message_id=$nobody
            email_alerts_unique                   | policy.email_alerts | subscription_id=$subscription
            email_alerts_status_known             | policy.email_alerts | status='odd'
            email_alerts_sent_in_a_message        | policy.email_alerts | status='sent', sent_at=now()
            email_alerts_sent_at_a_time           | policy.email_alerts | sent_at=now()
            notices_source_fkey                   | policy.notices | source_id=$nobody
            notices_message_fkey                  | policy.notices | message_id=$nobody
            notices_kind_known                    | policy.notices | kind='odd', cause=null
            notices_trouble_with_a_cause          | policy.notices | cause=null
            """;

    private PolicyNonsense() {}
}

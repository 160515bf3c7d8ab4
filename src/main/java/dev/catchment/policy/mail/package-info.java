/** Mails: who is told of a change, exactly once, and how one says that it is wanted or not any more. */
package dev.catchment.policy.mail;

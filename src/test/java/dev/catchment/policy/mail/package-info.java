/** Mails, as a real mail server gets them. */
package dev.catchment.policy.mail;

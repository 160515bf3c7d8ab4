/** Messages of all rooms to people: one queue, one sender, and what a mail server says of them. */
package dev.catchment.flow.mail;

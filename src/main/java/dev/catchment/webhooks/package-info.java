/** Changes posted to programs: who wants which, from where on, and how each of them gets on. */
package dev.catchment.webhooks;

/** Changes posted to real receivers over real HTTP. */
package dev.catchment.webhooks;

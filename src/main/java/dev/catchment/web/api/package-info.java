/** What programs read: the contract, and rows in the form that was asked for. */
package dev.catchment.web.api;

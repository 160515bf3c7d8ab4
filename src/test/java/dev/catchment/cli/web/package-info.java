/** Keys and users, as an operator manages them. */
package dev.catchment.cli.web;

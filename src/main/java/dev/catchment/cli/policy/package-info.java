/** The commands of the policies. */
package dev.catchment.cli.policy;

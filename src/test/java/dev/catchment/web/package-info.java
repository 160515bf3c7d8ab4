/** Tests of {@code dev.catchment.web}. */
package dev.catchment.web;

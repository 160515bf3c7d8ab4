/** Single fields of a record: strings, moments and numbers as their columns need them. */
package dev.catchment.flow.field;

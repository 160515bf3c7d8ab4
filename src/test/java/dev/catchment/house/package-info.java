/** The house checks itself: every rule of names, notation and doors that CONTRIBUTING states, and that a scan can hold. */
package dev.catchment.house;

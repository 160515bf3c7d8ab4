/** Rules of words, hashes and addresses that rooms share. Uses nothing of ours. */
package dev.catchment.text;
